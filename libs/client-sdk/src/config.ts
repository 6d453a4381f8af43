import { SsoError } from './sso-error.ts';

/** By which of its names an application calls a tenant, besides the identifier that begins with `ten_`. */
export type TenantKey = 'slug' | 'externalId';

/** What `createSso` takes; whatever is left out comes from the environment. */
export interface SsoOptions {
  /** Address of the Gatehouse server. `GATEHOUSE_URL` */
  readonly url?: string | undefined;
  /** `GATEHOUSE_CLIENT_ID` */
  readonly clientId?: string | undefined;
  /** `GATEHOUSE_CLIENT_SECRET` */
  readonly clientSecret?: string | undefined;
  /** At least 32 characters; a list to rotate: the first seals, all open. `GATEHOUSE_COOKIE_SECRET` (separated by commas) */
  readonly cookieSecret?: string | readonly string[] | undefined;
  /** Public address of your application, needed behind a proxy. `GATEHOUSE_APP_URL` */
  readonly appUrl?: string | undefined;
  /** The name by which you call a tenant: its slug (default), or your own identifier of it. */
  readonly tenantKey?: TenantKey | undefined;
  /** Allows a server on plain http that is not on this machine. */
  readonly allowHttp?: boolean | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly now?: (() => Date) | undefined;
  readonly randomBytes?: ((size: number) => Uint8Array) | undefined;
  /** Read instead of the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The options after parsing: nothing is missing. */
export interface SsoConfig {
  readonly url: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly cookieSecrets: readonly string[];
  readonly appUrl: string | undefined;
  readonly tenantKey: TenantKey;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => Date;
  readonly randomBytes: (size: number) => Uint8Array;
}

/** Says everything that is wrong at once, so that nobody mends one variable at a time. */
export function readConfig(options: SsoOptions): SsoConfig {
  const settings = readSettings(options);
  refuse(faultsOf(settings, options.allowHttp ?? false));
  const url = settings.url.replace(/\/+$/, '');
  return {
    url,
    issuer: `${url}/oidc`,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    cookieSecrets: settings.cookieSecrets,
    appUrl: settings.appUrl === '' ? undefined : new URL(settings.appUrl).origin,
    tenantKey: options.tenantKey ?? 'slug',
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    now: options.now ?? (() => new Date()),
    randomBytes: options.randomBytes ?? ((size) => crypto.getRandomValues(new Uint8Array(size))),
  };
}

function readSettings(options: SsoOptions) {
  // There is no `process` on the edge runtimes.
  const env = options.env ?? (typeof process === 'undefined' ? {} : process.env);
  return {
    url: options.url ?? env['GATEHOUSE_URL'] ?? '',
    clientId: options.clientId ?? env['GATEHOUSE_CLIENT_ID'] ?? '',
    clientSecret: options.clientSecret ?? env['GATEHOUSE_CLIENT_SECRET'] ?? '',
    cookieSecrets: secretsOf(options.cookieSecret ?? env['GATEHOUSE_COOKIE_SECRET'] ?? []),
    appUrl: options.appUrl ?? env['GATEHOUSE_APP_URL'] ?? '',
  };
}

function faultsOf(settings: ReturnType<typeof readSettings>, allowHttp: boolean): string[] {
  const { url, clientId, clientSecret, cookieSecrets, appUrl } = settings;
  const needed = {
    GATEHOUSE_URL: url,
    GATEHOUSE_CLIENT_ID: clientId,
    GATEHOUSE_CLIENT_SECRET: clientSecret,
    GATEHOUSE_COOKIE_SECRET: cookieSecrets.join(),
  };
  const missing = Object.entries(needed).filter(([, value]) => value === '');
  const isShort = cookieSecrets.some((secret) => secret.length < 32);
  return [
    ...missing.map(([name]) => `${name} is missing`),
    ...urlFaults('GATEHOUSE_URL', url, allowHttp),
    ...urlFaults('GATEHOUSE_APP_URL', appUrl, allowHttp),
    ...(isShort ? ['GATEHOUSE_COOKIE_SECRET is shorter than 32 characters'] : []),
  ];
}

function secretsOf(value: string | readonly string[]): readonly string[] {
  const list = typeof value === 'string' ? value.split(',') : value;
  return list.map((secret) => secret.trim()).filter((secret) => secret !== '');
}

function urlFaults(name: string, value: string, allowHttp: boolean): string[] {
  if (value === '') return [];
  if (!URL.canParse(value)) return [`${name} is not an address`];
  const { protocol, hostname } = new URL(value);
  if (protocol === 'https:') return [];
  if (protocol === 'http:' && (allowHttp || isLoopback(hostname))) return [];
  return [`${name} must begin with https:// (plain http only on this machine)`];
}

/** True for names that never leave this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function refuse(faults: readonly string[]): void {
  if (faults.length === 0) return;
  throw new SsoError('config_invalid', `Gatehouse is not configured: ${faults.join('; ')}.`, {
    httpStatus: 500,
    hint: 'Set these variables in the environment, or pass them to createSso().',
  });
}
