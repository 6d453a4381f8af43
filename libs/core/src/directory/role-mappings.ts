import type { Page } from '../audit/audit-log';
import { requireGrant, type Authority } from '../members/authority';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import type { DirectoryId, TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { noSuchDirectory } from './directories';
import type { DirectoryStore } from './directory-store';
import { changedMappings, reviseMappings, type MappingChange } from './revise-mappings';
import type {
  ListedGroup,
  ListedMapping,
  MappingOutcome,
  MappingRevision,
  NoSuch,
  RoleMappingStore,
} from './role-mapping-store';

/** Which groups of a directory give which roles (SCM-4). */
export class RoleMappings {
  constructor(
    private readonly store: RoleMappingStore,
    private readonly directories: DirectoryStore,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** The one that wins first. Throws `not_found`, also for another tenant's directory. */
  async list(tenantId: TenantId, directoryId: DirectoryId): Promise<ListedMapping[]> {
    await this.requireDirectory(tenantId, directoryId);
    return this.store.list(tenantId, directoryId);
  }

  /** Throws `not_found`. */
  async groups(
    tenantId: TenantId,
    directoryId: DirectoryId,
    page: Page,
    beginning?: string,
  ): Promise<ListedGroup[]> {
    await this.requireDirectory(tenantId, directoryId);
    return this.store.groups(tenantId, directoryId, page, beginning);
  }

  /**
   * Carries a change out, with what it does to members, in one transaction. Throws `role_not_grantable` where somebody would
   * get or lose a role that is not `by`'s to give, `not_found`, `conflict` or `validation_failed`.
   */
  async change(
    tenantId: TenantId,
    directoryId: DirectoryId,
    change: MappingChange,
    by: Authority,
  ): Promise<MappingOutcome> {
    const revision = this.revisionOf(tenantId, directoryId, change, by);
    return required(await this.store.revise(tenantId, revision), directoryId, change);
  }

  /** What `change` would do. Throws what that throws. */
  async preview(
    tenantId: TenantId,
    directoryId: DirectoryId,
    change: MappingChange,
    by: Authority,
  ): Promise<MappingOutcome> {
    const revision = this.revisionOf(tenantId, directoryId, change, by);
    return required(await this.store.rehearse(tenantId, revision), directoryId, change);
  }

  private revisionOf(
    tenantId: TenantId,
    directoryId: DirectoryId,
    change: MappingChange,
    by: Authority,
  ): MappingRevision {
    const { actor } = by;
    const at = this.clock.now();
    return {
      ...{ directoryId, at, actor, everybody: change.kind === 'replay' },
      revise: (mappings) => {
        const author = { tenantId, directoryId, actor, at, chance: this.chance };
        const revised = reviseMappings(mappings, change, author);
        requireGrant(by, ...changedMappings(mappings, revised).map(({ role }) => role));
        return revised;
      },
      // By the order alone somebody may become or stop being an owner as well.
      judge: (moves) => requireGrant(by, ...moves.flatMap(({ before, after }) => [before, after])),
    };
  }

  private async requireDirectory(tenantId: TenantId, id: DirectoryId): Promise<void> {
    if (!(await this.directories.find(tenantId, id))) throw noSuchDirectory(id);
  }
}

function required(
  outcome: MappingOutcome | NoSuch,
  directoryId: DirectoryId,
  change: MappingChange,
): MappingOutcome {
  if (outcome === 'no-directory') throw noSuchDirectory(directoryId);
  if (outcome !== 'no-group') return outcome;
  const got = change.kind === 'create' ? change.groupId : directoryId;
  throw new SsoError('not_found', 'This directory has no such group.', { got });
}
