import { text, type Gatehouse } from './gatehouse';
import { Organisation } from './organisation';

export interface DirectoryAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/** The client of one directory, as an identity provider's provisioning is one: an address and a token. */
export class DirectoryClient {
  private constructor(
    readonly url: string,
    readonly token: string,
    readonly organisation: Organisation,
  ) {}

  /** A tenant with a verified domain, and a directory of it. */
  static async setUp(gatehouse: Gatehouse, slug: string): Promise<DirectoryClient> {
    const organisation = new Organisation(gatehouse, slug);
    await organisation.register();
    await organisation.verifyDomain();
    const made = await gatehouse.did('POST', `${organisation.path}/directories`, { name: 'Directory' });
    const path = `${organisation.path}/directories/${text(made['id'])}/tokens`;
    const { secret } = await gatehouse.did('POST', path, { name: 'Client' });
    return new DirectoryClient(text(made['baseUrl']), text(secret), organisation);
  }

  /** `body` goes as it is where it is a text; `headers` come last. */
  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<DirectoryAnswer> {
    const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(sent === undefined ? {} : { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      text: await answer.text(),
    };
  }
}
