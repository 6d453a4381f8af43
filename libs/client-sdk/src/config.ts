import { MemoryRevocations, type RevocationStore } from './session/revocations.ts';
import { SsoError } from './sso-error.ts';

/** By which of its names an application calls a tenant, besides the identifier that begins with `ten_`. */
export type TenantKey = 'slug' | 'externalId';

/** How Gatehouse is asked whether sessions still stand. */
export interface SessionCheckOptions {
  /** At most so often for each session; default 60. An ended session counts for so long at most. */
  readonly everySeconds?: number | undefined;
  /** For so long sessions go on while Gatehouse does not answer; default 300. After that people sign in again. */
  readonly graceSeconds?: number | undefined;
}

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
  /** `false` asks nobody: then sessions end by logout tokens, and by themselves. */
  readonly sessionCheck?: SessionCheckOptions | false | undefined;
  /** Where ended sessions are remembered; the memory of this process by default. */
  readonly revocations?: RevocationStore | undefined;
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
  /** Undefined where nobody is asked. */
  readonly check: { readonly everyMs: number; readonly graceMs: number } | undefined;
  readonly revocations: RevocationStore;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => Date;
  readonly randomBytes: (size: number) => Uint8Array;
}

/** Says everything that is wrong at once, so that nobody mends one variable at a time. */
export function readConfig(options: SsoOptions): SsoConfig {
  const settings = readSettings(options);
  refuse([...faultsOf(settings, options.allowHttp ?? false), ...checkFaults(options.sessionCheck)]);
  const now = options.now ?? (() => new Date());
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
    check: checkOf(options.sessionCheck),
    revocations: options.revocations ?? new MemoryRevocations(now),
    now,
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

function checkOf(options: SsoOptions['sessionCheck']): SsoConfig['check'] {
  if (options === false) return undefined;
  const { everySeconds = 60, graceSeconds = 300 } = options ?? {};
  return { everyMs: everySeconds * 1000, graceMs: graceSeconds * 1000 };
}

function checkFaults(options: SsoOptions['sessionCheck']): string[] {
  const check = checkOf(options);
  const isRight = check === undefined || (check.everyMs > 0 && check.graceMs >= 0);
  return isRight ? [] : ['sessionCheck needs seconds above zero'];
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
