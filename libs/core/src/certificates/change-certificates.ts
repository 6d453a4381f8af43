import type { Actor, HappeningType } from '../audit/happening';
import { configurationFingerprint, type Connection, type IdpCertificate } from '../connections/connection';
import {
  isTested,
  trustOf,
  type ConnectionVersion,
  type TrustConfiguration,
} from '../connections/connection-version';
import { discarded, retired, serve, type Edit, type KnownVersions } from '../connections/edit-trust';
import { trustDifference } from '../connections/trust-difference';

/** What is changed, by whom and when. */
interface Authored {
  readonly type: HappeningType;
  readonly author: Actor;
  readonly at: Date;
}

type Certificates = readonly IdpCertificate[];

/**
 * Trusts these certificates too, at once and as a version of its own. Whatever was accepted is accepted still, so a test
 * that was passed goes on counting; and no test could show more while the identity provider signs with the others.
 */
export function addCertificates(
  connection: Connection,
  known: KnownVersions,
  added: Certificates,
  authored: Authored,
): Edit {
  return rewrite(connection, known, (present) => withMore(present, added), { ...authored, keepsTest: true });
}

/** Trusts this certificate no longer, at once; `proven`: sign-ins have shown that the others do. */
export function removeCertificate(
  connection: Connection,
  known: KnownVersions,
  fingerprint: string,
  { proven, ...authored }: Authored & { readonly proven: boolean },
): Edit {
  const without = (present: Certificates) => present.filter((each) => each.fingerprint !== fingerprint);
  return rewrite(connection, known, without, { ...authored, keepsTest: proven });
}

function withMore(present: Certificates, added: Certificates): Certificates {
  const fingerprints = new Set(present.map(({ fingerprint }) => fingerprint));
  return [...present, ...added.filter(({ fingerprint }) => !fingerprints.has(fingerprint))];
}

type Rewriting = Authored & { readonly keepsTest: boolean };

/** The same change in what serves and in what waits, which would take it back when it is promoted. */
function rewrite(
  connection: Connection,
  known: KnownVersions,
  change: (certificates: Certificates) => Certificates,
  rewriting: Rewriting,
): Edit {
  const before = trustOf(connection);
  if (!before) return { type: rewriting.type, connection, versions: [] };
  const version = serving(connection, before, withChange(before, change), known.last + 1, rewriting);
  const served = serve(connection, version);
  const { pending, versions } = rewritePending(connection, known, version, change, rewriting);
  return {
    type: rewriting.type,
    connection: { ...served, ...(pending && { pendingVersion: pending.number }) },
    versions: [...retired(known.serving), version, ...versions],
  };
}

function serving(
  connection: Connection,
  before: TrustConfiguration,
  configuration: TrustConfiguration,
  number: number,
  { author, at, keepsTest }: Rewriting,
): ConnectionVersion {
  const { tenantId, id: connectionId, test, enabledAt } = connection;
  const isPassed = test?.fingerprint === configurationFingerprint(before);
  const fingerprint = configurationFingerprint(configuration);
  return {
    ...{ tenantId, connectionId, number, state: 'serving', configuration, author, createdAt: at },
    difference: trustDifference(before, configuration),
    ...(isPassed && keepsTest && { passedTest: { ...test, fingerprint } }),
    ...(enabledAt && { promotedAt: at }),
  };
}

interface Waiting {
  readonly pending?: ConnectionVersion;
  /** What changes of the history for it. */
  readonly versions: readonly ConnectionVersion[];
}

/** A version that waits for another identity provider is left alone, and one that would trust nothing is given up. */
function rewritePending(
  connection: Connection,
  { pending }: KnownVersions,
  served: ConnectionVersion,
  change: (certificates: Certificates) => Certificates,
  { keepsTest }: Rewriting,
): Waiting {
  if (!pending) return { versions: [] };
  const configuration = withChange(pending.configuration, change);
  const fingerprint = configurationFingerprint(configuration);
  const isOther = configuration.idp.entityId !== connection.idp?.entityId;
  if (isOther || fingerprint === configurationFingerprint(pending.configuration))
    return { pending, versions: [] };
  if (configuration.idp.certificates.length === 0) return { versions: discarded(pending) };
  const { passedTest, lastTest: _, ...rest } = pending;
  const difference = trustDifference(served.configuration, configuration);
  const keeps = keepsTest && isTested(pending) && passedTest && { ...passedTest, fingerprint };
  const next = { ...rest, number: served.number + 1, configuration, difference };
  const rewritten = { ...next, ...(keeps && { passedTest: keeps }) };
  return { pending: rewritten, versions: [...discarded(pending), rewritten] };
}

function withChange(
  trust: TrustConfiguration,
  change: (certificates: Certificates) => Certificates,
): TrustConfiguration {
  return { ...trust, idp: { ...trust.idp, certificates: change(trust.idp.certificates) } };
}
