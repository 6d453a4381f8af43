import { ScimError, ScimServer, type ResourceStore, type ScimLimits, type ScimResponse } from '../src';
import type { JsonObject } from '../src';
import { MemoryDirectory } from '../src/testing';

export const baseUrl = 'https://sso.example/scim/v2/dir_1';

interface Sent {
  readonly body?: JsonObject | string;
  readonly headers?: { readonly [name: string]: string };
}

interface Particulars {
  readonly limits?: Partial<ScimLimits>;
  readonly users?: (users: ResourceStore) => ResourceStore;
}

/** A server over a directory in memory, and a client that talks to it. */
export class Client {
  readonly faults: unknown[] = [];
  now = new Date('2026-03-01T12:00:00.000Z');
  private readonly server: ScimServer;

  constructor({ limits = {}, users = (same) => same }: Particulars = {}) {
    const directory = new MemoryDirectory(() => this.now);
    this.server = new ScimServer({
      users: users(directory.users),
      groups: directory.groups,
      baseUrl,
      now: () => this.now,
      limits,
      fault: (error) => {
        this.faults.push(error);
        return new ScimError(500, 'Something went wrong here.');
      },
    });
  }

  /** The address may carry a query. */
  send(method: string, address: string, { body, headers = {} }: Sent = {}): Promise<ScimResponse> {
    const [path = '', query] = address.split(/\?(.*)/s, 2);
    const text = typeof body === 'object' ? JSON.stringify(body) : body;
    const type = body === undefined ? {} : { 'content-type': 'application/scim+json' };
    return this.server.handle({ method, path, query, headers: { ...type, ...headers }, body: text });
  }

  /** What is made, by ID. */
  async made(endpoint: '/Users' | '/Groups', body: JsonObject): Promise<string> {
    const { body: resource } = await this.send('POST', endpoint, { body });
    const id = resource?.['id'];
    if (typeof id !== 'string') throw new Error(`Nothing was made: ${JSON.stringify(resource)}`);
    return id;
  }
}

export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

export const aPerson = (userName: string, more: JsonObject = {}): JsonObject => ({
  schemas: [userSchema],
  userName,
  active: true,
  ...more,
});

export const aGroup = (displayName: string, members: readonly string[] = []): JsonObject => ({
  schemas: [groupSchema],
  displayName,
  members: members.map((value) => ({ value })),
});

export const aPatch = (...operations: readonly JsonObject[]): JsonObject => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: operations,
});
