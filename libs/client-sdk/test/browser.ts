import { request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly location: string;
  readonly body: unknown;
}

/** Follows nothing, keeps cookies: enough of a browser to see each step. */
export class Browser {
  readonly jar = new Map<string, string>();
  private readonly received: string[] = [];

  constructor(readonly origin: string) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, headers);
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', path, { 'content-type': 'application/json', ...headers }, JSON.stringify(body));
  }

  /** As a page of another site posts a form. */
  submit(path: string, fields: Record<string, string>): Promise<Answer> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' };
    return this.send('POST', path, headers, new URLSearchParams(fields).toString());
  }

  /** The whole header that set a cookie last. */
  lastCookie(name: string): string | undefined {
    return this.received.findLast((header) => header.startsWith(`${name}=`));
  }

  private send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Answer> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.origin}${path}`,
        { method, headers: { cookie, ...headers } },
        (response) => {
          for (const header of response.headers['set-cookie'] ?? []) this.keep(header);
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => (text += part));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              location: response.headers.location ?? '',
              body: parse(text),
            }),
          );
        },
      );
      sent.on('error', reject).end(body);
    });
  }

  private keep(header: string): void {
    this.received.push(header);
    const [pair = ''] = header.split(';');
    const at = pair.indexOf('=');
    if (header.includes('Max-Age=0')) this.jar.delete(pair.slice(0, at));
    else this.jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
