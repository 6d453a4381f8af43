import { Agent } from 'node:http';
import { z } from 'zod';
import { benchPerson, numbered } from './bench-person';
import { groupMembers, type BenchDirectory, type Contender } from './directory';
import { createResource, ScimClient } from './scim-client';

const directory = z.object({ id: z.string(), url: z.url(), token: z.string() });

/** saml-jackson's directory sync: tools/bench/peers/jackson-directory.mjs. */
export class JacksonContender implements Contender {
  readonly name = 'saml-jackson';
  readonly filtersAnything = false;

  constructor(
    private readonly url: string,
    readonly pid: number,
  ) {}

  async fill(size: number): Promise<BenchDirectory> {
    const tenant = `bench-${size}`;
    const domain = `${tenant}.example`;
    const { id, url, token } = directory.parse(await this.post('/directories', { tenant }));
    const agent = new Agent();
    const client = new ScimClient(url, token, agent);
    const first = await createResource(client, '/Users', benchPerson(0, domain));
    const group = await createResource(client, '/Groups', { displayName: 'Everybody', members: [] });
    agent.destroy();
    const idOf = (person: number) =>
      person === 0 ? first : first.slice(0, -12) + String(person).padStart(12, '0');
    const ids = Array.from({ length: size - 1 }, (_, index) => ({
      id: idOf(index + 1),
      number: numbered(index + 1),
    }));
    await this.post('/fill', {
      tenant,
      directory: id,
      group,
      person: { id: first, number: numbered(0) },
      ids,
      members: groupMembers(size).map(idOf),
    });
    return { size, domain, baseUrl: url, token, groupId: group, idOf };
  }

  private async post(path: string, body: unknown): Promise<unknown> {
    const answer = await fetch(`${this.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`saml-jackson, ${path}: ${text.slice(0, 600)}`);
    return JSON.parse(text);
  }
}
