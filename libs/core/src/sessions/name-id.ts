/** The identity provider's name for a person, whole: a logout message must repeat it (SAML Core 2.2.3, 3.7.1). */
export interface NameId {
  readonly value: string;
  readonly format?: string;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
}

const unspecified = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';

/**
 * Whether two NameIDs are one person's at one identity provider (SAML Core 3.3.4). What only one of them states is not
 * held against the other: many identity providers leave out of a logout what they put into the assertion.
 */
export function isSameNameId(one: NameId, other: NameId): boolean {
  return (
    one.value === other.value &&
    agree(stated(one.format), stated(other.format)) &&
    agree(one.nameQualifier, other.nameQualifier) &&
    agree(one.spNameQualifier, other.spNameQualifier)
  );
}

function stated(format: string | undefined): string | undefined {
  return format === unspecified ? undefined : format;
}

function agree(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
