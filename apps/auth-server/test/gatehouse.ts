import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { SystemChance } from '@gatehouse/core';
import { createTestDatabase, type TestDatabase } from '@gatehouse/core-postgres/testing';
import { createSso, type SsoOptions } from '@gatehouse/client-sdk';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { startDnsServer, type DnsServer } from '@gatehouse/tools/dns-server';
import { configureApp, createAdapter } from '../src/app';
import { AppModule } from '../src/app.module';
import type { Config } from '../src/config';
import { CONFIG } from '../src/http/config.token';

export const operatorKey = 'operator-key-of-the-e2e-tests';

/** What the management API answered. */
export interface ApiAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A whole server on a database, DNS and port of its own, as an operator sees it. */
export class Gatehouse {
  private constructor(
    readonly url: string,
    readonly database: TestDatabase,
    readonly dns: DnsServer,
    readonly app: NestFastifyApplication,
  ) {}

  static async start(changes: Partial<Config> = {}): Promise<Gatehouse> {
    // The database first: where there is none, nothing else is left open.
    const database = await createTestDatabase();
    const [dns, port] = await Promise.all([startDnsServer(), freePort()]);
    const publicUrl = `http://localhost:${port}`;
    const own = { publicUrl, port, databaseUrl: database.url, dnsServers: [dns.address] };
    try {
      const app = await startApp(testConfig({ ...own, ...changes }));
      return new Gatehouse(publicUrl, database, dns, app);
    } catch (cause) {
      // Left open, these would keep Jest waiting and hide the reason.
      await Promise.all([database.drop(), dns.close()]);
      throw cause;
    }
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
    await this.dns.close();
  }

  /** A call of the management API with the operator key, unless `key` says otherwise. */
  async api(
    method: string,
    path: string,
    body?: unknown,
    key: string | null = operatorKey,
  ): Promise<ApiAnswer> {
    const answer = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const type = answer.headers.get('content-type');
    return { status: answer.status, type, body: text === '' ? {} : asRecord(JSON.parse(text)) };
  }

  /** A call that must succeed. */
  async did(method: string, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.api(method, path, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  /** The rows of a tenant's tables that a sign-in may write, counted as the database's owner sees them. */
  async count(tenant: string): Promise<Readonly<Record<string, number>>> {
    const { items: members } = await this.did('GET', `tenants/${tenant}/members`);
    const audit = await this.audit(tenant);
    const succeeded = audit.filter((entry) => entry['type'] === 'sign_in.succeeded').length;
    return { members: asArray(members).length, signIns: succeeded };
  }

  async audit(tenant: string): Promise<Readonly<Record<string, unknown>>[]> {
    const { items } = await this.did('GET', `tenants/${tenant}/audit?limit=200`);
    return asArray(items).map(asRecord);
  }

  /** An application of this deployment, as the SDK sees it; nothing listens at its address. */
  async application(
    appUrl = 'http://localhost:9',
    options: SsoOptions = {},
    postLogoutRedirectUris: readonly string[] = [],
  ) {
    const redirectUri = `${appUrl}/auth/callback`;
    const uris = { redirectUris: [redirectUri], postLogoutRedirectUris };
    const made = await this.did('POST', 'applications', { name: 'Example', ...uris });
    const sso = createSso({
      url: this.url,
      clientId: text(made['clientId']),
      clientSecret: text(made['clientSecret']),
      cookieSecret: randomBytes(32).toString('hex'),
      appUrl,
      ...options,
    });
    const [id, secret] = [text(made['clientId']), text(made['clientSecret'])];
    return { sso, redirectUri, appUrl, id, secret };
  }
}

async function startApp(config: Config): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({ imports: [AppModule] })
    .overrideProvider(CONFIG)
    .useValue(config)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(createAdapter(config), {
    logger: ['error'],
  });
  await configureApp(app);
  await app.listen(config.port, '127.0.0.1');
  return app;
}

function testConfig(config: Partial<Config>): Config {
  return {
    host: '127.0.0.1',
    port: 0,
    publicUrl: '',
    databaseUrl: '',
    operatorKey,
    secretKeys: [{ name: 'k1', key: new SystemChance().bytes(32) }],
    cookieKeys: [randomBytes(32).toString('hex')],
    sessionLifetimeMs: 24 * 60 * 60 * 1000,
    dnsServers: [],
    allowedPrivateHosts: [],
    trustedProxies: ['loopback'],
    disabledProtocols: [],
    apiTokenLongestDays: 365,
    productName: 'Gatehouse',
    ...config,
  };
}

export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error(`Not a text: ${JSON.stringify(value)}`);
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value));
  throw new Error(`Not an object: ${JSON.stringify(value)}`);
}

export function asArray(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`Not a list: ${JSON.stringify(value)}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
