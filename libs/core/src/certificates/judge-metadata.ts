import { isDeepStrictEqual } from 'node:util';
import type { Connection, IdpCertificate, IdpDescription, IdpEndpoint } from '../connections/connection';
import { clipText } from '../shared/clip';
import { SsoError } from '../shared/sso-error';
import { mostCertificates } from './certificates';

/** What metadata comes to for a connection. */
export interface MetadataJudgement {
  /** To be trusted too. */
  readonly added: readonly IdpCertificate[];
  /** In the metadata, and not trusted here any more. */
  readonly leftOut: readonly IdpCertificate[];
}

type Trusting = Pick<Connection, 'settings'> & { readonly idp: IdpDescription };

/**
 * Metadata only ever adds certificates, and only where all else is as it was (CRT-4). Nothing that it leaves out is
 * removed, and a certificate that the connection once had does not come back by itself: somebody took it away.
 * Throws `metadata_other_issuer`, `metadata_addresses_changed` or `certificate_not_taken`.
 */
export function judgeMetadata(
  { idp, settings }: Trusting,
  read: IdpDescription,
  everTrusted: ReadonlySet<string>,
  now: Date,
): MetadataJudgement {
  refuseOtherIssuer(idp, read);
  refuseOtherAddresses(idp, read);
  const trusted = new Set(idp.certificates.map(({ fingerprint }) => fingerprint));
  const missing = read.certificates.filter((each) => !trusted.has(each.fingerprint) && each.notAfter >= now);
  const added = missing.filter(({ fingerprint }) => !everTrusted.has(fingerprint));
  if (settings.metadataCertificates === 'warn')
    refuseToTake(added, 'this connection takes none from metadata');
  if (trusted.size + added.length > mostCertificates)
    refuseToTake(added, `a connection has at most ${mostCertificates}`);
  return { added, leftOut: missing.filter((each) => !added.includes(each)) };
}

function refuseOtherIssuer({ entityId: want }: IdpDescription, { entityId: got }: IdpDescription): void {
  if (got === want) return;
  const message = `The metadata is of another identity provider now: its entity ID is ${clipText(got, 300)}, not the one that this connection trusts. Nothing of it was taken over. If you changed the identity provider, give its metadata as a change of the connection and test that.`;
  throw new SsoError('metadata_other_issuer', message, { want, got });
}

// An address that we send people to, and that the identity provider no longer names.
function refuseOtherAddresses(before: IdpDescription, read: IdpDescription): void {
  const gone = [...absent(before.sso, read.sso), ...absent(before.slo, read.slo)];
  if (gone.length === 0) return;
  const got = [...read.sso, ...read.slo].map(({ url }) => url);
  const message = `The metadata names other addresses than this connection uses: ${clipText(got.join(', '))}. Nothing of it was taken over. If your identity provider moved, give its metadata as a change of the connection and test that.`;
  throw new SsoError('metadata_addresses_changed', message, { want: gone.map(({ url }) => url), got });
}

function absent(ours: readonly IdpEndpoint[], theirs: readonly IdpEndpoint[]): readonly IdpEndpoint[] {
  return ours.filter((each) => !theirs.some((other) => isDeepStrictEqual(each, other)));
}

function refuseToTake(certificates: readonly IdpCertificate[], why: string): void {
  if (certificates.length === 0) return;
  const got = certificates.map(({ fingerprint }) => fingerprint).toSorted();
  const message = `The metadata names certificates that were not taken over, because ${why}: ${clipText(got.join(', '))}. Compare them with what the console of your identity provider shows, and add what is right by hand.`;
  throw new SsoError('certificate_not_taken', message, { want: 'certificates that are trusted here', got });
}
