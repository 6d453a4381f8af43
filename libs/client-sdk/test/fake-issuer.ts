import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Claims = Record<string, unknown>;
export type Signing = 'ES256' | 'RS256' | 'HS256' | 'none';

interface Grant {
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

export const client = { id: 'app_1', secret: 'a secret: 100% odd/ü' };

/** An OpenID provider in this process, whose every answer a test can bend. */
export class FakeIssuer {
  claims: Claims = {};
  header: Claims = {};
  signing: Signing = 'ES256';
  issuerInDocument: string | undefined;
  discovery: (email: string) => { status: number; body: unknown; delay?: number } = () => ({
    status: 200,
    body: { kind: 'password' },
  });
  /** What is answered when an application asks whether a session still stands. */
  sessionCheck: (sid: string) => { status: number; body: unknown; delay?: number } = () => ({
    status: 200,
    body: { active: true, sub: 'user_1', role: 'member' },
  });
  readonly requests: string[] = [];
  private keys = { ES256: ecKey(), RS256: rsaKey() };
  private published = this.jwks();
  private readonly grants = new Map<string, Grant>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeIssuer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = new FakeIssuer(server, `http://127.0.0.1:${portOf(server)}`);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void issuer.answer(request, response);
    });
    return issuer;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  get keyIds(): { readonly kid: string } {
    return { kid: this.keys.ES256.kid };
  }

  /** New keys; unpublished, tokens name a key that nobody can find. */
  rotate(options: { publish: boolean }): void {
    this.keys = { ES256: ecKey(), RS256: rsaKey() };
    if (options.publish) this.published = this.jwks();
  }

  /** What the browser would be sent back to after a person signs in at `authorizeUrl`. */
  authorize(authorizeUrl: string, change: Record<string, string | undefined> = {}): string {
    const asked = new URL(authorizeUrl).searchParams;
    const code = randomBytes(16).toString('hex');
    const read = (name: string) => asked.get(name) ?? '';
    const redirectUri = read('redirect_uri');
    this.grants.set(code, { nonce: read('nonce'), challenge: read('code_challenge'), redirectUri });
    const back = new URL(redirectUri);
    const answer = { code, state: read('state'), iss: `${this.url}/oidc`, ...change };
    for (const [name, value] of Object.entries(answer)) {
      if (value !== undefined) back.searchParams.set(name, value);
    }
    return back.href;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    this.requests.push(path);
    const body = await textOf(request);
    if (path === '/oidc/.well-known/openid-configuration') return send(response, 200, this.document());
    if (path === '/oidc/jwks') return send(response, 200, this.published);
    if (path === '/oidc/token') return this.token(request, new URLSearchParams(body), response);
    if (path === '/oidc/session-check') return this.check(request, new URLSearchParams(body), response);
    if (path !== '/api/v1/discover') return send(response, 404, {});
    const found = this.discovery(String(JSON.parse(body).email));
    setTimeout(() => send(response, found.status, found.body), found.delay ?? 0).unref();
  }

  private check(request: IncomingMessage, form: URLSearchParams, response: ServerResponse): void {
    if (!isClient(request)) return send(response, 401, { code: 'credential_invalid' });
    const found = this.sessionCheck(form.get('sid') ?? '');
    setTimeout(() => send(response, found.status, found.body), found.delay ?? 0).unref();
  }

  private document() {
    const issuer = `${this.url}/oidc`;
    return {
      issuer: this.issuerInDocument ?? issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      end_session_endpoint: `${issuer}/session/end`,
    };
  }

  private token(request: IncomingMessage, form: URLSearchParams, response: ServerResponse): void {
    if (!isClient(request)) return send(response, 401, { error: 'invalid_client' });
    const code = form.get('code') ?? '';
    const grant = this.grants.get(code);
    this.grants.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (grant?.challenge !== challenge || grant.redirectUri !== form.get('redirect_uri')) {
      return send(response, 400, { error: 'invalid_grant', error_description: 'grant request is invalid' });
    }
    send(response, 200, { access_token: 'at', token_type: 'Bearer', id_token: this.idToken(grant.nonce) });
  }

  private idToken(nonce: string): string {
    const now = Math.floor(Date.now() / 1000);
    const kid = this.signing === 'RS256' ? this.keys.RS256.kid : this.keys.ES256.kid;
    const header = { alg: this.signing, typ: 'JWT', kid, ...this.header };
    const person = {
      sub: 'user_1',
      email: 'ada@acme.example',
      name: 'Ada Byron',
      member_id: 'mem_1',
      role: 'member',
    };
    const payload = {
      iss: `${this.url}/oidc`,
      aud: client.id,
      exp: now + 300,
      iat: now,
      nonce,
      ...person,
      groups: ['finance'],
      tenant: { id: 'ten_1', slug: 'acme', name: 'Acme', external_id: 'crm-7' },
      connection: 'conn_1',
      via: 'saml',
      amr: ['fed'],
      auth_time: now,
      session_expires_at: now + 3600,
      sid: 'ses_1',
      ...this.claims,
    };
    return this.sign(header, payload);
  }

  /** What the server posts when a session has ended; `claims` and `header` bend it, `undefined` leaves a member out. */
  logoutToken(claims: Claims = {}, header: Claims = {}): string {
    const now = Math.floor(Date.now() / 1000);
    const { kid } = this.signing === 'RS256' ? this.keys.RS256 : this.keys.ES256;
    const payload = {
      ...{
        iss: `${this.url}/oidc`,
        aud: client.id,
        iat: now,
        exp: now + 120,
        jti: randomBytes(8).toString('hex'),
      },
      ...{ sub: 'user_1', sid: 'ses_1' },
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      ...claims,
    };
    return this.sign({ alg: this.signing, typ: 'logout+jwt', kid, ...header }, payload);
  }

  private sign(header: Claims, payload: Claims): string {
    const signed = `${part(header)}.${part(payload)}`;
    return `${signed}.${this.signature(signed)}`;
  }

  private signature(signed: string): string {
    const data = Buffer.from(signed);
    const { ES256, RS256 } = this.keys;
    if (this.signing === 'none') return '';
    // The classic confusion: the public key used as a shared secret.
    if (this.signing === 'HS256')
      return createHmac('sha256', JSON.stringify(ES256.jwk)).update(data).digest('base64url');
    if (this.signing === 'RS256') return sign('sha256', data, RS256.privateKey).toString('base64url');
    return sign('sha256', data, { key: ES256.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  }

  private jwks() {
    return { keys: [this.keys.ES256, this.keys.RS256].map(({ jwk, kid }) => ({ ...jwk, kid, use: 'sig' })) };
  }
}

function isClient(request: IncomingMessage): boolean {
  const encode = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
  const basic = Buffer.from(`${encode(client.id)}:${encode(client.secret)}`).toString('base64');
  return request.headers.authorization === `Basic ${basic}`;
}

function ecKey() {
  return named(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
}

function rsaKey() {
  return named(generateKeyPairSync('rsa', { modulusLength: 2048 }));
}

function named({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }) {
  return { privateKey, jwk: publicKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex') };
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

export function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
