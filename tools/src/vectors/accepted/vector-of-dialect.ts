import { encryptAssertion } from '../encrypt-element';
import { requestId } from '../honest';
import { signElement } from '../sign-element';
import type { AcceptedVector, ExpectedIdentity } from '../vector';
import type { Dialect } from './dialect';
import { dialectDocument, idsOf } from './dialect-document';
import { certificatesOf, metadata } from './metadata';

/** A dialect as a folder: its response, its metadata, and whom we must see in it. */
export function vectorOf(dialect: Dialect): AcceptedVector {
  const { name, what, reference, settings, encryption, aliases } = dialect;
  return {
    name,
    what,
    rows: dialect.rows ?? ['SML-3', 'SML-5'],
    ...(reference === undefined ? {} : { reference }),
    ...(settings === undefined ? {} : { settings }),
    ...(aliases === undefined ? {} : { aliases }),
    ...(encryption === undefined ? {} : { decryptionKeys: ['sp-encryption', 'sp-encryption-previous'] }),
    idpEntityId: dialect.entityId,
    certificates: certificatesOf(dialect),
    response: responseOf(dialect),
    metadata: (dialect.metadata ?? metadata())(dialect),
    identity: identityOf(dialect),
  };
}

// Who signs both signs the assertion first; who encrypts does it between the two.
function responseOf(dialect: Dialect): string {
  const [responseId, assertionId] = idsOf(dialect);
  const style = { prefix: dialect.prefixes[2], ...dialect.signature };
  let xml = dialectDocument(dialect);
  if (dialect.sign !== 'response') xml = signElement(xml, assertionId, style);
  if (dialect.encryption) xml = encryptAssertion(xml, dialect.encryption, dialect.prefixes[1]);
  if (dialect.sign !== 'assertion') xml = signElement(xml, responseId, style);
  return (dialect.signed ?? ((text: string) => text))(xml);
}

function identityOf({ nameId, sessionIndex, inResponseTo, signature, expect }: Dialect): ExpectedIdentity {
  return {
    subject: nameId,
    groups: [],
    ...(sessionIndex === undefined ? {} : { sessionIndex }),
    ...(inResponseTo === null ? {} : { inResponseTo: requestId }),
    certificate: signature?.key ?? 'idp',
    ...expect,
  };
}
