import type { Actor } from '../audit/happening';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { connectionId, type ConnectionId, type TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import {
  touchesTrust,
  wantedTrust,
  withOrdinary,
  withTrustSettings,
  type ConnectionChange,
} from './change-connection';
import { connectionState, defaultSettings, type Connection, type IdpDescription } from './connection';
import type { ConnectionStore } from './connection-store';
import { trustOf } from './connection-version';
import type { ConnectionVersionStore } from './connection-version-store';
import { connectionHappening } from './describe-connection';
import { editTrust, readKnownVersions, type Edit, type KnownVersions } from './edit-trust';
import { refuseForeignNames } from './own-names';
import type { Protocols } from './protocols';
import { serviceProvider } from './service-provider';

/** A connection that was switched, and which one serves its tenant's login page now, if any. */
export interface Switched {
  readonly connection: Connection;
  readonly primary?: ConnectionId;
}

/** `host`: the one of its tenant, where that has its own; the addresses of the connection stay there. */
export interface NewConnection extends ConnectionChange {
  readonly label: string;
  readonly spEntityId?: string | undefined;
  readonly host: string | undefined;
}

/** The identity providers of a tenant, from draft to enabled. */
export class Connections {
  constructor(
    private readonly store: ConnectionStore,
    private readonly versions: ConnectionVersionStore,
    private readonly protocols: Protocols,
    private readonly clock: Clock,
    private readonly chance: Chance,
    /** Where browsers reach this deployment; no trailing slash. */
    private readonly publicUrl: string,
  ) {}

  async create(tenantId: TenantId, wanted: NewConnection, actor: Actor): Promise<Connection> {
    const createdAt = this.clock.now();
    const id = connectionId.create(createdAt, this.chance);
    const at = { id, ...(wanted.host !== undefined && { host: wanted.host }) };
    const own = serviceProvider(this.publicUrl, { ...at, spEntityIdAliases: [] });
    await this.refuseForeign(at, [wanted.spEntityId ?? own.entityId, ...(wanted.spEntityIdAliases ?? [])]);
    const blank: Connection = {
      ...at,
      tenantId,
      protocol: 'saml',
      label: wanted.label,
      spEntityId: wanted.spEntityId ?? own.entityId,
      spEntityIdAliases: [],
      settings: defaultSettings,
      primary: false,
      createdAt,
      revision: 1,
    };
    const { connection, versions } = this.edit(blank, { last: 0 }, wanted, actor);
    const because = connectionHappening('connection.created', undefined, connection, actor, createdAt);
    await this.store.add(tenantId, connection, because, versions);
    return connection;
  }

  list(tenantId: TenantId): Promise<Connection[]> {
    return this.store.list(tenantId);
  }

  async get(tenantId: TenantId, id: ConnectionId): Promise<Connection> {
    return requireConnection(await this.store.find(tenantId, id), id);
  }

  /** What the fingerprint covers waits as a pending version while the connection is on; all else applies at once. */
  async change(
    tenantId: TenantId,
    id: ConnectionId,
    change: ConnectionChange,
    actor: Actor,
  ): Promise<Connection> {
    const before = await this.get(tenantId, id);
    if (change.revision !== undefined && change.revision !== before.revision) throw changedMeanwhile();
    await this.refuseForeign(before, change.spEntityIdAliases);
    const known = touchesTrust(change) ? await readKnownVersions(this.versions, before) : { last: 0 };
    const edit = this.edit(before, known, change, actor);
    const after = { ...edit.connection, revision: before.revision + 1 };
    const { type, versions } = edit;
    const because = connectionHappening(type, before, after, actor, this.clock.now(), versions);
    refuseStale(await this.store.save(tenantId, after, because, versions));
    return after;
  }

  /** Throws `protocol_disabled`, `connection_incomplete`, `connection_not_tested` or `sso_not_entitled` (CON-8, CON-17, CON-20, TEN-9). */
  async enable(tenantId: TenantId, id: ConnectionId, actor: Actor): Promise<Switched> {
    const connection = await this.get(tenantId, id);
    if (connection.enabledAt) return this.asItIs(connection);
    this.protocols.refuseClosed(connection.protocol);
    refuseDraft(connection);
    refuseUntested(connection);
    const enabledAt = this.clock.now();
    const { serving } = await readKnownVersions(this.versions, connection);
    const versions = serving ? [{ ...serving, promotedAt: enabledAt }] : [];
    return this.switch(connection, { ...connection, enabledAt }, 'connection.enabled', actor, versions);
  }

  /** Throws `sso_still_required` or `members_on_sso` for the last one that is on (TEN-10). */
  async disable(tenantId: TenantId, id: ConnectionId, actor: Actor): Promise<Switched> {
    const connection = await this.get(tenantId, id);
    if (!connection.enabledAt) return this.asItIs(connection);
    const { enabledAt: _, ...disabled } = connection;
    return this.switch(connection, disabled, 'connection.disabled', actor);
  }

  /** Lets this one serve the login page (CON-10). Throws `connection_disabled` where it is off. */
  async makePrimary(tenantId: TenantId, id: ConnectionId, actor: Actor): Promise<Connection> {
    const before = await this.get(tenantId, id);
    const after = { ...before, primary: true };
    const because = connectionHappening('connection.made_primary', before, after, actor, this.clock.now());
    if ((await this.store.makePrimary(tenantId, id, because)) === 'made') return this.get(tenantId, id);
    throw new SsoError('connection_disabled', 'Switch this connection on first; then make it primary.', {
      want: 'an enabled connection',
      got: id,
    });
  }

  private refuseForeign(own: Pick<Connection, 'id'>, names: readonly string[] | undefined): Promise<void> {
    return refuseForeignNames(this.store, this.publicUrl, own, names);
  }

  private edit(before: Connection, known: KnownVersions, change: ConnectionChange, actor: Actor): Edit {
    const next = withOrdinary(before, change);
    const untouched: Edit = { type: 'connection.updated', connection: next, versions: [] };
    if (!touchesTrust(change)) return untouched;
    const base = known.pending?.configuration ?? trustOf(before);
    const wanted = wantedTrust(base, before.settings, change);
    if (wanted) return editTrust(next, known, wanted, actor, this.clock.now());
    return { ...untouched, connection: withTrustSettings(next, change) };
  }

  private async switch(
    before: Connection,
    wanted: Connection,
    type: 'connection.enabled' | 'connection.disabled',
    actor: Actor,
    versions: Edit['versions'] = [],
  ): Promise<Switched> {
    const after = { ...wanted, revision: before.revision + 1 };
    const because = connectionHappening(type, before, after, actor, this.clock.now());
    const outcome = await this.store.switch(after.tenantId, after, because, versions);
    if (outcome.kind === 'not-entitled') throw notEntitled();
    if (outcome.kind === 'stale') throw changedMeanwhile();
    const { primary } = outcome;
    return { connection: { ...after, primary: primary === after.id }, ...(primary && { primary }) };
  }

  private async asItIs(connection: Connection): Promise<Switched> {
    const primary = await this.store.primary(connection.tenantId);
    return { connection, ...(primary && { primary: primary.id }) };
  }
}

function notEntitled(): SsoError {
  return new SsoError(
    'sso_not_entitled',
    'Single sign-on is not part of what this organisation has. Nothing that is configured is lost: ask for it, then switch this on.',
    { want: 'a tenant that is entitled to single sign-on' },
  );
}

/** Throws `connection_incomplete` where nothing is known of the identity provider yet. */
export function refuseDraft(
  connection: Connection,
): asserts connection is Connection & { idp: IdpDescription } {
  if (connection.idp) return;
  throw new SsoError('connection_incomplete', "Give the identity provider's metadata or values first.", {
    want: 'entity ID, SSO URL and a certificate',
  });
}

function refuseUntested(connection: Connection): void {
  if (connectionState(connection) === 'tested') return;
  throw new SsoError('connection_not_tested', 'Run a test sign-in of this configuration first.', {
    want: 'a passed test of exactly this configuration, by an owner or admin',
    got: connection.test ? 'a test of an earlier configuration' : 'no passed test',
  });
}

export function requireConnection(connection: Connection | undefined, id: ConnectionId): Connection {
  if (connection) return connection;
  throw new SsoError('not_found', 'This tenant has no such connection.', { got: id });
}

/** Throws `conflict` where a store found a later revision. */
export function refuseStale(outcome: 'saved' | 'restored' | 'stale'): void {
  if (outcome === 'stale') throw changedMeanwhile();
}

export function changedMeanwhile(): SsoError {
  return new SsoError(
    'conflict',
    'Somebody else changed this connection meanwhile. Load it again and repeat.',
  );
}
