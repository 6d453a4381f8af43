import type { Actor, HappeningType } from '../audit/happening';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { connectionId, type ConnectionId, type TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import {
  configurationFingerprint,
  connectionState,
  defaultSettings,
  serviceProvider,
  type Connection,
  type ConnectionSettings,
  type IdpDescription,
} from './connection';
import type { ConnectionStore } from './connection-store';

export type SettingsChange = {
  readonly [Name in keyof ConnectionSettings]?: ConnectionSettings[Name] | undefined;
};

/** What an IT admin gives of a connection; the rest keeps its value or its default. */
export interface ConnectionChange {
  readonly label?: string | undefined;
  readonly idp?: IdpDescription | undefined;
  readonly metadataUrl?: string | undefined;
  readonly spEntityIdAliases?: readonly string[] | undefined;
  readonly settings?: SettingsChange | undefined;
}

/** The identity providers of a tenant, from draft to enabled. */
export class Connections {
  constructor(
    private readonly store: ConnectionStore,
    private readonly clock: Clock,
    private readonly chance: Chance,
    /** Where browsers reach this deployment; no trailing slash. */
    private readonly publicUrl: string,
  ) {}

  async create(
    tenantId: TenantId,
    wanted: ConnectionChange & { label: string; spEntityId?: string | undefined },
    actor: Actor,
  ): Promise<Connection> {
    const createdAt = this.clock.now();
    const id = connectionId.create(createdAt, this.chance);
    const blank: Connection = {
      id,
      tenantId,
      protocol: 'saml',
      label: wanted.label,
      spEntityId:
        wanted.spEntityId ?? serviceProvider(this.publicUrl, { id, spEntityIdAliases: [] }).entityId,
      spEntityIdAliases: [],
      settings: defaultSettings,
      createdAt,
      revision: 1,
    };
    const connection = changed(blank, wanted);
    await this.store.add(tenantId, connection, {
      ...this.because('connection.created', connection, actor),
      after: describe(connection),
    });
    return connection;
  }

  list(tenantId: TenantId): Promise<Connection[]> {
    return this.store.list(tenantId);
  }

  async get(tenantId: TenantId, id: ConnectionId): Promise<Connection> {
    const connection = await this.store.find(tenantId, id);
    if (connection) return connection;
    throw new SsoError('not_found', 'This tenant has no such connection.', { got: id });
  }

  async change(
    tenantId: TenantId,
    id: ConnectionId,
    change: ConnectionChange,
    actor: Actor,
  ): Promise<Connection> {
    const before = await this.get(tenantId, id);
    return this.save(before, changed(before, change), 'connection.updated', actor);
  }

  /** Notes that this very configuration signed an owner or admin in. */
  async recordTest(connection: Connection, email: string, actor: Actor): Promise<Connection> {
    const test = { fingerprint: configurationFingerprint(connection), at: this.clock.now(), email };
    return this.save(connection, { ...connection, test }, 'connection.tested', actor);
  }

  /** Throws `connection_incomplete` or `connection_not_tested` (CON-8, CON-17). */
  async enable(tenantId: TenantId, id: ConnectionId, actor: Actor): Promise<Connection> {
    const connection = await this.get(tenantId, id);
    const state = connectionState(connection);
    if (state === 'enabled') return connection;
    refuseDraft(connection);
    if (state !== 'tested')
      throw new SsoError('connection_not_tested', 'Run a test sign-in of this configuration first.', {
        want: 'a passed test of exactly this configuration, by an owner or admin',
        got: connection.test ? 'a test of an earlier configuration' : 'no passed test',
      });
    const enabled = { ...connection, enabledAt: this.clock.now() };
    return this.save(connection, enabled, 'connection.enabled', actor);
  }

  async disable(tenantId: TenantId, id: ConnectionId, actor: Actor): Promise<Connection> {
    const connection = await this.get(tenantId, id);
    if (!connection.enabledAt) return connection;
    const { enabledAt: _, ...disabled } = connection;
    return this.save(connection, disabled, 'connection.disabled', actor);
  }

  private async save(
    before: Connection,
    wanted: Connection,
    type: HappeningType,
    actor: Actor,
  ): Promise<Connection> {
    const after = { ...wanted, revision: before.revision + 1 };
    const because = { ...this.because(type, after, actor), before: describe(before), after: describe(after) };
    if ((await this.store.save(after.tenantId, after, because)) === 'saved') return after;
    throw new SsoError(
      'conflict',
      'Somebody else changed this connection meanwhile. Load it again and repeat.',
    );
  }

  private because(type: HappeningType, connection: Connection, actor: Actor) {
    return { type, tenantId: connection.tenantId, at: this.clock.now(), actor, subject: connection.id };
  }
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

function changed(connection: Connection, change: ConnectionChange): Connection {
  return {
    ...connection,
    ...(change.label === undefined ? {} : { label: change.label }),
    ...(change.idp === undefined ? {} : { idp: change.idp }),
    ...(change.metadataUrl === undefined ? {} : { metadataUrl: change.metadataUrl }),
    ...(change.spEntityIdAliases === undefined ? {} : { spEntityIdAliases: change.spEntityIdAliases }),
    settings: changedSettings(connection.settings, change.settings ?? {}),
  };
}

function changedSettings(before: ConnectionSettings, change: SettingsChange): ConnectionSettings {
  return {
    jit: change.jit ?? before.jit,
    defaultRole: change.defaultRole ?? before.defaultRole,
    groupRoles: change.groupRoles ?? before.groupRoles,
    signaturePolicy: change.signaturePolicy ?? before.signaturePolicy,
    requireEncryptedAssertions: change.requireEncryptedAssertions ?? before.requireEncryptedAssertions,
    signRequests: change.signRequests ?? before.signRequests,
    requestBinding: change.requestBinding ?? before.requestBinding,
    nameIdFormat: change.nameIdFormat ?? before.nameIdFormat,
    requestedAuthnContext: change.requestedAuthnContext ?? before.requestedAuthnContext,
    forceAuthn: change.forceAuthn ?? before.forceAuthn,
    idpInitiated: change.idpInitiated ?? before.idpInitiated,
    idpInitiatedApplication: change.idpInitiatedApplication ?? before.idpInitiatedApplication,
    expiredCertificates: change.expiredCertificates ?? before.expiredCertificates,
    clockSkewSeconds: change.clockSkewSeconds ?? before.clockSkewSeconds,
    attributes: change.attributes ?? before.attributes,
  };
}

/** What the audit log keeps of a connection: certificates by fingerprint. */
function describe({ label, idp, metadataUrl, settings, enabledAt, ...rest }: Connection) {
  const { certificates, ...addresses } = idp ?? { certificates: [] };
  const fingerprints = certificates.map(({ fingerprint }) => fingerprint);
  const { spEntityId, spEntityIdAliases } = rest;
  const described = { label, spEntityId, spEntityIdAliases, metadataUrl, settings, enabledAt };
  return { ...described, idp: { ...addresses, certificates: fingerprints } };
}
