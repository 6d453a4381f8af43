/**
 * How a person of a directory and an identity of a connection are known to be one (SCM-10): by the address, in a domain that the
 * tenant has verified, or by the directory's `externalId`.
 */
export type Pairing =
  | { readonly by: 'email' }
  /** `attribute`: the one of the identity that carries the `externalId`; its subject (NameID, `sub`) where none is named. */
  | { readonly by: 'external-id'; readonly attribute?: string | undefined };

/** What of an identity says whose it is, in the eyes of a directory. */
export interface PairedIdentity {
  readonly subject: string;
  readonly email?: string | undefined;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

const longestExternalId = 1000;

/** The `externalId` that an identity claims; of several values of an attribute none is it. */
export function claimedExternalId(
  pairing: Pairing,
  { subject, attributes }: PairedIdentity,
): string | undefined {
  if (pairing.by !== 'external-id') return undefined;
  const { attribute } = pairing;
  if (attribute === undefined) return subject;
  const values = Object.hasOwn(attributes, attribute) ? (attributes[attribute] ?? []) : [];
  const [value] = values;
  return values.length === 1 && value !== '' && (value?.length ?? 0) <= longestExternalId ? value : undefined;
}
