import { isIP } from 'node:net';
import {
  defaultProductName,
  knownProtocols,
  parseList,
  parseProductName,
  parsePublicUrl,
  parseRingKeys,
  type Protocol,
  type RingKey,
} from '@gatehouse/core';
import { isValidCIDR } from 'ipaddr.js';
import { z } from 'zod';
import { readSsoContact, type SsoContact } from './tenants/sso-contact';

/** Everything that can be set, typed; read once from the environment. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Where browsers reach this server; no trailing slash. Links are made from it, never from a Host header. */
  readonly publicUrl: string;
  /** What people know the deployment by: it stands above pages and in their titles. */
  readonly productName: string;
  readonly databaseUrl: string;
  readonly operatorKey: string;
  readonly secretKeys: readonly [RingKey, ...RingKey[]];
  readonly cookieKeys: readonly string[];
  readonly sessionLifetimeMs: number;
  readonly dnsServers: readonly string[];
  readonly allowedPrivateHosts: readonly string[];
  /** Whose word is taken for where a request came from: tries are counted by that address (SEC-1). */
  readonly trustedProxies: readonly string[];
  /** Closed for every tenant at once (CON-20). */
  readonly disabledProtocols: readonly Protocol[];
  /** Whom an organisation asks that is not entitled to single sign-on (TEN-9). */
  readonly ssoContact?: SsoContact;
  /** What switching the first connection of a new tenant on makes of single sign-on there; optional where absent (ENF-1). */
  readonly ssoWhenEnabled?: 'optional' | 'required';
  /** Whether operators see the queues in a browser; absent: there is no such page. */
  readonly queuePage?: true;
  /** How long an API token works at most (SES-4). */
  readonly apiTokenLongestDays: number;
  /** How often the client of one directory may ask each server; where absent, twice as often as the busiest of them does. */
  readonly scimRequestsPerMinute?: number;
}

/** A text that a parser of the domain reads; what it throws is what is wrong with the setting. */
function read<T>(parser: (text: string) => T) {
  return z.string({ error: 'is missing' }).transform((text, context): T => {
    try {
      return parser(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is wrong' });
      return z.NEVER;
    }
  });
}

const list = z.string().default('').transform(parseList);

const networks = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isNetwork(name: string): boolean {
  const [address = ''] = name.split('/');
  return isIP(address) !== 0 && (address === name || isValidCIDR(name));
}

// One that is left out lets everybody behind it count as one; one too many lets anybody name the address that is counted.
const proxies = z
  .string()
  .default('loopback')
  .transform(parseList)
  .refine((names) => names.every((name) => networks.has(name) || isNetwork(name)), {
    error: `must list addresses, networks such as 10.0.0.0/8, or ${[...networks].join(', ')}`,
  });

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  PUBLIC_URL: read(parsePublicUrl),
  PRODUCT_NAME: read(parseProductName).prefault(defaultProductName),
  DATABASE_URL: z.string().startsWith('postgres', { error: 'must be a postgres:// address' }),
  OPERATOR_KEY: z.string().min(24, { error: 'must have at least 24 characters' }),
  SECRET_KEYS: read(parseRingKeys),
  COOKIE_KEYS: list.refine((keys) => keys.length > 0 && keys.every((key) => key.length >= 32), {
    error: 'needs at least one key of 32 characters or more',
  }),
  SESSION_HOURS: z.coerce.number().positive().max(24).default(24),
  DNS_SERVERS: list,
  ALLOWED_PRIVATE_HOSTS: list,
  TRUSTED_PROXIES: proxies,
  API_TOKEN_MAX_DAYS: z.coerce.number().int().min(1).max(3650).default(365),
  SCIM_REQUESTS_PER_MINUTE: z.coerce.number().int().min(60).max(10_000_000).optional(),
  DISABLED_PROTOCOLS: list.pipe(
    z.array(z.enum(knownProtocols, { error: `must name protocols to close: ${knownProtocols.join(', ')}` })),
  ),
  QUEUE_PAGE: z.enum(['on', 'off'], { error: 'must be on or off' }).default('off'),
  SSO_WHEN_ENABLED: z.enum(['optional', 'required'], { error: 'must be optional or required' }).optional(),
  SSO_CONTACT: z
    .string()
    .trim()
    .min(1, { error: 'must say whom to ask: an https:// or e-mail address, or a sentence' })
    .max(300, { error: 'has more than 300 characters' })
    .transform(readSsoContact)
    .optional(),
});

/** Throws one Error that lists everything that is wrong with the environment (OPS-3). */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new Error(`These settings need your attention:\n${lines.join('\n')}`);
  }
  const { data } = parsed;
  return {
    host: data.HOST,
    port: data.PORT,
    publicUrl: data.PUBLIC_URL,
    productName: data.PRODUCT_NAME,
    databaseUrl: data.DATABASE_URL,
    operatorKey: data.OPERATOR_KEY,
    secretKeys: data.SECRET_KEYS,
    cookieKeys: data.COOKIE_KEYS,
    sessionLifetimeMs: data.SESSION_HOURS * 60 * 60 * 1000,
    dnsServers: data.DNS_SERVERS,
    allowedPrivateHosts: data.ALLOWED_PRIVATE_HOSTS,
    trustedProxies: data.TRUSTED_PROXIES,
    disabledProtocols: data.DISABLED_PROTOCOLS,
    apiTokenLongestDays: data.API_TOKEN_MAX_DAYS,
    ...(data.QUEUE_PAGE === 'on' && { queuePage: true }),
    ...(data.SSO_WHEN_ENABLED && { ssoWhenEnabled: data.SSO_WHEN_ENABLED }),
    ...(data.SSO_CONTACT && { ssoContact: data.SSO_CONTACT }),
    ...(data.SCIM_REQUESTS_PER_MINUTE && { scimRequestsPerMinute: data.SCIM_REQUESTS_PER_MINUTE }),
  };
}

/** The process's own environment; the only place that reads it. */
export function readProcessConfig(): Config {
  return readConfig(process.env);
}

const migration = z.object({
  DATABASE_OWNER_URL: z.string().startsWith('postgres', { error: 'must be a postgres:// address' }),
  DATABASE_APP_PASSWORD: z.string().min(12, { error: 'must have at least 12 characters' }),
});

/** What a migration needs: the owner's address, and the password of the role that the servers connect as. */
export function readMigrationConfig(): { readonly ownerUrl: string; readonly appPassword: string } {
  const parsed = migration.safeParse(process.env);
  if (parsed.success)
    return { ownerUrl: parsed.data.DATABASE_OWNER_URL, appPassword: parsed.data.DATABASE_APP_PASSWORD };
  throw new Error(z.prettifyError(parsed.error));
}

const databaseOnly = environment.pick({ DATABASE_URL: true });

/** What a command needs that reads and writes what is in the database only. */
export function readDatabaseConfig(): Pick<Config, 'databaseUrl'> {
  const parsed = databaseOnly.safeParse(process.env);
  if (parsed.success) return { databaseUrl: parsed.data.DATABASE_URL };
  throw new Error(z.prettifyError(parsed.error));
}

const keyRotation = environment.pick({ DATABASE_URL: true, SECRET_KEYS: true });

/** What the rotation of SAML keys needs, beside a running server or without one. */
export function readRotationConfig(): Pick<Config, 'databaseUrl' | 'secretKeys'> {
  const parsed = keyRotation.safeParse(process.env);
  if (parsed.success) return { databaseUrl: parsed.data.DATABASE_URL, secretKeys: parsed.data.SECRET_KEYS };
  throw new Error(z.prettifyError(parsed.error));
}
