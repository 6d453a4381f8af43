// The secrets of the demo on this machine: made once, kept for the owner's eyes only.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const recipes = {
  operatorKey: () => `op_${randomBytes(32).toString('base64url')}`,
  keyRing: () => `k1:${randomBytes(32).toString('base64')}`,
  cookieKeys: () => `${randomBytes(32).toString('base64url')},${randomBytes(32).toString('base64url')}`,
  applicationCookieSecret: () => randomBytes(32).toString('base64url'),
  demoClientSecret: () => randomBytes(32).toString('base64url'),
  databasePassword: () => randomBytes(24).toString('base64url'),
};

/**
 * Reads the secrets and adds those that are missing, so a later version may ask for one more.
 * @param {string} file
 * @returns {Record<keyof typeof recipes, string>}
 */
export function loadSecrets(file) {
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const missing = Object.entries(recipes).filter(([name]) => !kept[name]);
  const secrets = { ...kept, ...Object.fromEntries(missing.map(([name, make]) => [name, make()])) };
  if (missing.length > 0) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  }
  chmodSync(file, 0o600);
  return secrets;
}
