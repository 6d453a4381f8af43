import type { Actor, Happening, HappeningType } from '../audit/happening';
import type { Connection } from './connection';
import type { ConnectionVersion } from './connection-version';

/** What the audit log keeps of a connection: certificates by fingerprint. */
export function describeConnection({ label, idp, metadataUrl, settings, enabledAt, ...rest }: Connection) {
  const { certificates, ...addresses } = idp ?? { certificates: [] };
  const fingerprints = certificates.map(({ fingerprint }) => fingerprint);
  const { host, spEntityId, spEntityIdAliases, version, pendingVersion } = rest;
  const names = { label, host, spEntityId, spEntityIdAliases, version, pendingVersion };
  return { ...names, metadataUrl, settings, enabledAt, idp: { ...addresses, certificates: fingerprints } };
}

/** The fact that a connection went from one state to another. */
export function connectionHappening(
  type: HappeningType,
  before: Connection | undefined,
  after: Connection,
  actor: Actor,
  at: Date,
  versions: readonly ConnectionVersion[] = [],
): Happening {
  const { tenantId, id: subject } = after;
  const was = before ? { before: describeConnection(before) } : {};
  const data = versions.length > 0 ? { data: { versions: versions.map(describeVersion) } } : {};
  return { type, tenantId, at, actor, subject, ...was, after: describeConnection(after), ...data };
}

function describeVersion({ number, state, difference }: ConnectionVersion) {
  return { number, state, difference };
}
