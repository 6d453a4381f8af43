import { request, type Agent } from 'node:http';
import { z } from 'zod';

const made = z.object({ id: z.string() });

export interface ScimRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below the directory's base address. */
  readonly path: string;
  readonly body?: unknown;
}

export interface ScimAnswer {
  readonly status: number;
  readonly body: string;
}

/** Requests to one directory with its token, on a connection that is kept. */
export class ScimClient {
  constructor(
    private readonly baseUrl: string,
    private readonly token: string,
    private readonly agent: Agent,
  ) {}

  send({ method, path, body }: ScimRequest): Promise<ScimAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.token}`,
      ...(text === undefined
        ? {}
        : { 'content-type': 'application/scim+json', 'content-length': Buffer.byteLength(text) }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(`${this.baseUrl}${path}`, { method, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
      });
      sent.on('error', reject);
      sent.end(text);
    });
  }
}

/** Creates what must not be there yet, and tells its ID. */
export async function createResource(client: ScimClient, path: string, body: unknown): Promise<string> {
  const answer = await client.send({ method: 'POST', path, body });
  if (answer.status === 201) return made.parse(JSON.parse(answer.body)).id;
  throw new Error(`POST ${path} ended with ${answer.status}: ${answer.body.slice(0, 600)}`);
}
