import { createHash } from 'node:crypto';
import { redirectUri, type IssuerServer } from './issuer-server';

export const verifier = 'a-verifier-of-at-least-forty-three-characters-0123';
const challenge = createHash('sha256').update(verifier).digest('base64url');

export interface Client {
  readonly id: string;
  readonly secret: string;
}

/** A browser with cookies that goes where it is sent, one step at a time. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly setCookies: string[] = [];

  constructor(private readonly server: IssuerServer) {}

  get(url: string): Promise<Response> {
    return this.#send(url, {});
  }

  post(url: string, form: Record<string, string>): Promise<Response> {
    return this.#send(url, { method: 'POST', body: new URLSearchParams(form) });
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    const { pathname, search } = new URL(url, this.server.publicUrl);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, accept: 'text/html', host: 'evil.example' };
    const answer = await fetch(`${this.server.address}${pathname}${search}`, {
      ...init,
      headers,
      redirect: 'manual',
    });
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    return answer;
  }

  #keep(line: string): void {
    this.setCookies.push(line);
    const [pair = ''] = line.split(';');
    const [name = '', value = ''] = pair.split('=');
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  authorize(client: Client, change: Record<string, string | undefined> = {}): Promise<Response> {
    const query = {
      ...{ client_id: client.id, redirect_uri: redirectUri, response_type: 'code' },
      ...{ scope: 'openid profile email', state: 's1', nonce: 'n1' },
      ...{ code_challenge: challenge, code_challenge_method: 'S256' },
      ...change,
    };
    const wanted = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) wanted.set(name, value);
    return this.get(`/oidc/auth?${wanted}`);
  }

  /** From the application's redirect to the code that comes back. */
  async signIn(client: Client, session: string, change: Record<string, string> = {}): Promise<string> {
    await this.authorize(client, change);
    const finished = await this.get(`/sign-in-as?session=${session}`);
    const back = await this.get(locationOf(finished));
    return new URL(locationOf(back)).searchParams.get('code') ?? `no code: ${locationOf(back)}`;
  }
}

export function locationOf(answer: Response): string {
  return answer.headers.get('location') ?? `no location, status ${answer.status}`;
}

export function redeem(
  server: IssuerServer,
  client: Client,
  form: Record<string, string>,
): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`;
  const body = new URLSearchParams(form);
  return fetch(`${server.address}/oidc/token`, { method: 'POST', headers: { authorization }, body });
}

export function redeemCode(server: IssuerServer, client: Client, code: string): Promise<Response> {
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
  return redeem(server, client, form);
}

export function refresh(server: IssuerServer, client: Client, token: string): Promise<Response> {
  return redeem(server, client, { grant_type: 'refresh_token', refresh_token: token });
}

export function userinfo(server: IssuerServer, token: string): Promise<Response> {
  return fetch(`${server.address}/oidc/me`, { headers: { authorization: `Bearer ${token}` } });
}
