import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const repositoryRoot = resolve(__dirname, '../../..');

const neededModules = ['curl', 'dom', 'mbstring', 'openssl', 'session'];

/** The folder that holds SimpleSAMLphp's `www` and `lib`: GATEHOUSE_SIMPLESAMLPHP_DIR, else where the installer puts it. */
export function simpleSamlPhpFolder(): string {
  return process.env['GATEHOUSE_SIMPLESAMLPHP_DIR'] ?? join(repositoryRoot, '.gatehouse', 'simplesamlphp');
}

/** Why SimpleSAMLphp cannot be started on this machine; undefined when it can. */
export function whyNoSimpleSamlPhp(): string | undefined {
  const folder = simpleSamlPhpFolder();
  if (!existsSync(join(folder, 'www', 'saml2', 'idp', 'SSOService.php'))) {
    return `SimpleSAMLphp 1.19 is not in ${folder}: run node tools/runtime/simplesamlphp.mjs, or set GATEHOUSE_SIMPLESAMLPHP_DIR.`;
  }
  return whyNoPhp();
}

function whyNoPhp(): string | undefined {
  const { status, stdout } = spawnSync('php', ['-m'], { encoding: 'utf8' });
  if (status !== 0)
    return 'PHP is not installed: run node tools/runtime/simplesamlphp.mjs, or install php-cli.';
  const present = new Set(stdout.toLowerCase().split(/\s+/));
  const missing = neededModules.filter((name) => !present.has(name));
  return missing.length === 0 ? undefined : `PHP lacks the modules ${missing.join(', ')}.`;
}
