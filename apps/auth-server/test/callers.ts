import { asRecord, text, type ApiAnswer, type Gatehouse } from './gatehouse';
import { person, type Organisation } from './organisation';

export type Role = 'owner' | 'admin' | 'member' | 'viewer';
type Headers = Readonly<Record<string, string>>;

/** Somebody, or some program, that calls the API in a way of its own. */
export class ApiCaller {
  constructor(
    private readonly gatehouse: Gatehouse,
    readonly headers: Headers,
    readonly memberId = '',
  ) {}

  /** With a key; an empty one sends no header. */
  static withKey(gatehouse: Gatehouse, key: string): ApiCaller {
    return new ApiCaller(gatehouse, key === '' ? {} : { authorization: `Bearer ${key}` });
  }

  /** As a page of our own sends it, unless `headers` say otherwise. */
  async call(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<ApiAnswer> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await fetch(`${this.gatehouse.url}/api/v1/${path}`, {
      method,
      headers: { ...this.headers, ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const said = await answer.text();
    const type = answer.headers.get('content-type');
    return { status: answer.status, type, body: said === '' ? {} : asRecord(JSON.parse(said)) };
  }

  /** A call that must succeed. */
  async did(method: string, path: string, body?: unknown): Promise<ApiAnswer['body']> {
    const answer = await this.call(method, path, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}

/** Signs somebody of the organisation in by its identity provider, in a browser of their own; new people become members. */
export async function signIn(
  gatehouse: Gatehouse,
  organisation: Organisation,
  email: string,
): Promise<ApiCaller> {
  const url = `${gatehouse.url}/account/sign-in?tenant=${organisation.slug}`;
  const asked = await organisation.arriveAtIdp(url);
  await organisation.answer(asked, person(email));
  const cookie = asked.browser.cookies.header(new URL(gatehouse.url), { method: 'GET', crossSite: false });
  const headers = { cookie, origin: gatehouse.url, 'sec-fetch-site': 'same-origin' };
  const me = await new ApiCaller(gatehouse, headers).did('GET', 'me');
  return new ApiCaller(gatehouse, headers, text(asRecord(me['member'])['id']));
}

/** As `signIn`; the operator then gives the role. */
export async function signInAs(
  gatehouse: Gatehouse,
  organisation: Organisation,
  role: Role,
): Promise<ApiCaller> {
  const caller = await signIn(gatehouse, organisation, `${role}-${organisation.slug}@${organisation.domain}`);
  if (role !== 'member')
    await gatehouse.did('PATCH', `${organisation.path}/members/${caller.memberId}`, { role });
  return caller;
}
