import { Agent } from 'node:http';
import { z } from 'zod';
import type { ManagementApi } from '../../demo/management-api';
import { verifyDomain } from '../company';
import { benchPerson, numbered } from './bench-person';
import { copiedId, type RowCopier } from './copy-rows';
import { groupMembers, type BenchDirectory, type Contender } from './directory';
import { createResource, ScimClient } from './scim-client';

const anything = z.unknown();
const made = z.object({ id: z.string(), baseUrl: z.url() });
const token = z.object({ secret: z.string() });
const admitted = z.object({ user_id: z.string(), member_id: z.string(), standing: z.literal('admitted') });

/** The built server: a tenant with a verified domain and a directory, all through the API; copies of its first person. */
export class GatehouseContender implements Contender {
  readonly name = 'Gatehouse';
  readonly filtersAnything = true;

  constructor(
    private readonly api: ManagementApi,
    private readonly dnsPort: number,
    private readonly rows: RowCopier,
    readonly pid: number,
  ) {}

  async fill(size: number): Promise<BenchDirectory> {
    const tenant = `bench-${size}`;
    const domain = `${tenant}.example`;
    const { id: directory, baseUrl } = await this.openDirectory(tenant, domain);
    const { secret } = await this.api.post(
      `/tenants/${tenant}/directories/${directory}/tokens`,
      { name: 'Bench' },
      token,
    );
    const agent = new Agent();
    const client = new ScimClient(baseUrl, secret, agent);
    const first = await createResource(client, '/Users', benchPerson(0, domain));
    const groupId = await createResource(client, '/Groups', { displayName: 'Everybody' });
    agent.destroy();
    await this.copyPeople(directory, first, size);
    const idOf = (person: number) => (person === 0 ? first : copiedId(first, numbered(person)));
    await this.join(groupId, groupMembers(size).map(idOf));
    await this.rows.run('VACUUM ANALYZE');
    return { size, domain, baseUrl, token: secret, groupId, idOf };
  }

  private async openDirectory(tenant: string, domain: string) {
    await this.api.post('/tenants', { slug: tenant, name: 'Bench Inc.' }, anything);
    const owner = { email: `owner@${domain}`, role: 'owner' };
    await this.api.post(`/tenants/${tenant}/members`, owner, anything);
    await verifyDomain(this.api, tenant, domain, this.dnsPort);
    return this.api.post(`/tenants/${tenant}/directories`, { name: 'Bench directory' }, made);
  }

  /** Members like the first: who is not admitted would cost less, and is not what is measured. */
  private async copyPeople(directory: string, first: string, size: number): Promise<void> {
    const sql = 'SELECT user_id, member_id, standing FROM directory_people WHERE id = $1';
    const { user_id: user, member_id: member } = admitted.parse(await this.rows.one(sql, [first]));
    const tables = { users: user, members: member, directory_people: first };
    await this.rows.copy({ tables, ids: [first, user, member], digits: numbered(0) }, size - 1);
    await this.rows.run(
      `UPDATE directory_tallies SET people = $2, active_people = $2, admitted_people = $2
         WHERE directory_id = $1 AND slot = 0`,
      [directory, size - 1],
    );
  }

  private async join(group: string, people: readonly string[]): Promise<void> {
    await this.rows.run(
      `INSERT INTO directory_group_members (group_id, person_id, tenant_id, directory_id)
         SELECT g.id, person, g.tenant_id, g.directory_id FROM directory_groups g, unnest($2::text[]) person
         WHERE g.id = $1`,
      [group, people],
    );
  }
}
