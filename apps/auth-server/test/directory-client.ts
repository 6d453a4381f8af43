import { asArray, asRecord, text, type Gatehouse } from './gatehouse';

/** What a directory's client was answered. */
export interface ScimAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The client of one directory, with a token of it. */
export class DirectoryClient {
  constructor(
    readonly baseUrl: string,
    readonly id: string,
    readonly secret: string,
    /** Below a tenant: `tenants/acme/directories/dir_1`. */
    readonly path: string,
  ) {}

  /** A new directory of this tenant, and a token for its client. */
  static async setUp(gatehouse: Gatehouse, tenant: string, wanted: object = {}): Promise<DirectoryClient> {
    const made = await gatehouse.did('POST', `tenants/${tenant}/directories`, { name: 'Okta', ...wanted });
    const path = `tenants/${tenant}/directories/${text(made['id'])}`;
    const { secret } = await gatehouse.did('POST', `${path}/tokens`, { name: 'Client' });
    return new DirectoryClient(text(made['baseUrl']), text(made['id']), text(secret), path);
  }

  /** Sends a text as it is, and anything else as JSON. */
  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ScimAnswer> {
    const answer = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.secret}`,
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const said = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: said === '' ? {} : asRecord(JSON.parse(said)),
    };
  }

  /** A request that must succeed. */
  async did(method: string, path: string, body?: unknown): Promise<ScimAnswer['body']> {
    const answer = await this.send(method, path, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  create(userName: string, rest: object = {}): Promise<ScimAnswer['body']> {
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
    const emails = [{ value: userName, type: 'work', primary: true }];
    return this.did('POST', '/Users', { schemas, userName, active: true, emails, ...rest });
  }

  /** The log of its requests, newest first, once it holds as many. */
  async logged(
    gatehouse: Gatehouse,
    count: number,
    query = '',
  ): Promise<readonly Readonly<Record<string, unknown>>[]> {
    for (let tries = 0; ; tries += 1) {
      const { items } = await gatehouse.did('GET', `${this.path}/requests${query}`);
      const found = asArray(items).map(asRecord);
      if (found.length >= count) return found;
      if (tries > 100) throw new Error(`The log holds ${found.length} requests, not ${count}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
