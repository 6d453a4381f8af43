import type { Actor, HappeningType } from '../audit/happening';
import { configurationFingerprint, type Connection } from './connection';
import { sameTrust } from './change-connection';
import { trustOf, withTrust, type ConnectionVersion, type TrustConfiguration } from './connection-version';
import type { ConnectionVersionStore } from './connection-version-store';
import { trustDifference } from './trust-difference';

/** What is to be written together: the connection, and the versions that are new or change state with it. */
export interface Edit {
  readonly type: HappeningType;
  readonly connection: Connection;
  readonly versions: readonly ConnectionVersion[];
}

/** The versions that an edit may touch, and the highest number so far. */
export interface KnownVersions {
  readonly serving?: ConnectionVersion | undefined;
  readonly pending?: ConnectionVersion | undefined;
  readonly last: number;
}

export async function readKnownVersions(
  store: ConnectionVersionStore,
  { tenantId, id, version, pendingVersion }: Connection,
): Promise<KnownVersions> {
  const find = async (number: number | undefined) =>
    number === undefined ? undefined : store.find(tenantId, id, number);
  const [newest] = await store.list(tenantId, id, { limit: 1 });
  return { serving: await find(version), pending: await find(pendingVersion), last: newest?.number ?? 0 };
}

/** Gives the connection this trust: at once while it is off, as the pending version while it serves people (CON-16). */
export function editTrust(
  connection: Connection,
  known: KnownVersions,
  wanted: TrustConfiguration,
  author: Actor,
  createdAt: Date,
): Edit {
  const serving = trustOf(connection);
  if (sameTrust(known.pending?.configuration ?? serving, wanted)) return updated(connection, []);
  const replaced = discarded(known.pending);
  // What the fingerprint does not cover needs no test; and an edit back to what serves leaves nothing to wait for.
  if (serving && configurationFingerprint(serving) === configurationFingerprint(wanted))
    return updated(withTrust(withoutPending(connection), wanted), replaced);
  const version: ConnectionVersion = {
    tenantId: connection.tenantId,
    connectionId: connection.id,
    number: known.last + 1,
    state: connection.enabledAt ? 'pending' : 'serving',
    configuration: wanted,
    difference: trustDifference(serving, wanted),
    author,
    createdAt,
  };
  if (connection.enabledAt) return proposed(connection, version, replaced);
  return updated(serve(connection, version), [...replaced, ...retired(known.serving), version]);
}

/** The connection with this version as the one that serves, and none waiting. */
export function serve(connection: Connection, version: ConnectionVersion): Connection {
  const next = withTrust(withoutPending(connection), version.configuration);
  const test = version.passedTest ?? connection.test;
  return { ...next, version: version.number, ...(test && { test }) };
}

export function withoutPending({ pendingVersion: _, ...connection }: Connection): Connection {
  return connection;
}

export function discarded(version: ConnectionVersion | undefined): ConnectionVersion[] {
  return version ? [{ ...version, state: 'discarded' }] : [];
}

export function retired(version: ConnectionVersion | undefined): ConnectionVersion[] {
  return version ? [{ ...version, state: 'retired' }] : [];
}

function updated(connection: Connection, versions: readonly ConnectionVersion[]): Edit {
  return { type: 'connection.updated', connection, versions };
}

function proposed(connection: Connection, version: ConnectionVersion, replaced: ConnectionVersion[]): Edit {
  const next = { ...connection, pendingVersion: version.number };
  return { type: 'connection.version_proposed', connection: next, versions: [...replaced, version] };
}
