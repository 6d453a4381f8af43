import type { Actor, Happening } from '../audit/happening';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { directoryId, type ConnectionId, type DirectoryId, type TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { Directory } from './directory';
import type { DirectoryChange, DirectoryOverview, DirectoryStore } from './directory-store';

export interface WantedDirectory {
  readonly name: string;
  readonly defaultRole?: Directory['defaultRole'] | undefined;
  readonly pairing?: Directory['pairing'] | undefined;
  readonly connectionId?: ConnectionId | undefined;
}

const mostPerTenant = 20;

/** The customer's directories that provision people and groups into a tenant. */
export class Directories {
  constructor(
    private readonly store: DirectoryStore,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** Throws `conflict` or `validation_failed`. */
  async create(tenantId: TenantId, wanted: WantedDirectory, actor: Actor): Promise<DirectoryOverview> {
    const directory = this.describe(tenantId, wanted);
    const because = this.because('directory.created', directory, actor);
    const outcome = await this.store.add(tenantId, directory, mostPerTenant, {
      ...because,
      after: directory,
    });
    if (outcome === 'no-connection') throw noSuchConnection(wanted.connectionId);
    if (outcome === 'too-many') throw tooMany();
    return { directory, people: 0, activePeople: 0, groups: 0, quarantined: 0 };
  }

  list(tenantId: TenantId): Promise<DirectoryOverview[]> {
    return this.store.list(tenantId);
  }

  /** Throws `not_found`, also for another tenant's. */
  async get(tenantId: TenantId, id: DirectoryId): Promise<DirectoryOverview> {
    const found = await this.store.find(tenantId, id);
    if (found) return found;
    throw noSuchDirectory(id);
  }

  /** Throws `not_found` or `validation_failed`. */
  async change(
    tenantId: TenantId,
    id: DirectoryId,
    change: DirectoryChange,
    actor: Actor,
  ): Promise<DirectoryOverview> {
    const { directory } = await this.get(tenantId, id);
    const { name, defaultRole, pairing, connectionId = null } = directory;
    const before = Object.entries({ name, defaultRole, pairing, connectionId });
    const outcome = await this.store.change(tenantId, id, change, {
      ...this.because('directory.updated', directory, actor),
      before: Object.fromEntries(before.filter(([key]) => key in change)),
      after: change,
    });
    if (outcome === 'no-connection') throw noSuchConnection(change.connectionId ?? undefined);
    return this.get(tenantId, id);
  }

  /** From now on its client is told to come later; a second time changes nothing. */
  async pause(tenantId: TenantId, id: DirectoryId, actor: Actor): Promise<DirectoryOverview> {
    await this.store.pause(tenantId, id, this.because('directory.paused', { tenantId, id }, actor));
    return this.get(tenantId, id);
  }

  async resume(tenantId: TenantId, id: DirectoryId, actor: Actor): Promise<DirectoryOverview> {
    await this.store.resume(tenantId, id, this.because('directory.resumed', { tenantId, id }, actor));
    return this.get(tenantId, id);
  }

  /** Its members stay members; what it had suspended stays suspended. Throws `not_found`. */
  async remove(tenantId: TenantId, id: DirectoryId, actor: Actor): Promise<void> {
    const { directory } = await this.get(tenantId, id);
    const because = this.because('directory.deleted', directory, actor);
    await this.store.remove(tenantId, id, { ...because, before: directory });
  }

  private describe(tenantId: TenantId, wanted: WantedDirectory): Directory {
    const createdAt = this.clock.now();
    const { name, defaultRole = 'member', pairing = { by: 'email' }, connectionId } = wanted;
    return {
      id: directoryId.create(createdAt, this.chance),
      ...{ tenantId, name, defaultRole, pairing, createdAt },
      ...(connectionId !== undefined && { connectionId }),
    };
  }

  private because(
    type: Extract<Happening['type'], `directory.${string}`>,
    { tenantId, id: subject }: Pick<Directory, 'tenantId' | 'id'>,
    actor: Actor,
  ): Happening {
    return { type, tenantId, at: this.clock.now(), actor, subject };
  }
}

export function noSuchDirectory(id: DirectoryId): SsoError {
  return new SsoError('not_found', 'This organisation has no such directory.', { got: id });
}

function noSuchConnection(id: ConnectionId | undefined): SsoError {
  return new SsoError('validation_failed', 'Choose a connection of this organisation, or none.', { got: id });
}

function tooMany(): SsoError {
  return new SsoError(
    'conflict',
    `An organisation has at most ${mostPerTenant} directories. Delete one first.`,
  );
}
