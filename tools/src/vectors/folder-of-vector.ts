import { certificateFile, keyFile } from './keys';
import type { KeyName } from './keys';
import { idpEntityId, now, serviceProvider } from './vector';
import type { AcceptedVector, ExpectedIdentity, RejectedVector } from './vector';

/** Its files, by their path from the folder of all vectors. */
export type Folder = ReadonlyMap<string, string>;

export function acceptedFolder(vector: AcceptedVector): Folder {
  const facts = {
    ...head(vector),
    idp: { entityId: vector.idpEntityId, certificates: vector.certificates.map(certificateFile) },
    serviceProvider: { ...serviceProvider, ...(vector.aliases ? { aliases: vector.aliases } : {}) },
    ...decryptionOf(vector.decryptionKeys),
    expect: { identity: identityOf(vector.identity) },
  };
  return files(`accepted/${vector.name}`, {
    'vector.json': json(facts),
    'response.xml': vector.response,
    'metadata.xml': vector.metadata,
  });
}

export function rejectedFolder(vector: RejectedVector): Folder {
  const certificates = vector.certificates ?? ['idp'];
  const facts = {
    ...head(vector),
    idp: { entityId: vector.idpEntityId ?? idpEntityId, certificates: certificates.map(certificateFile) },
    serviceProvider,
    ...decryptionOf(vector.decryptionKeys),
    ...(vector.make ? { make: vector.make } : {}),
    ...(vector.heldBy === undefined ? {} : { heldBy: vector.heldBy }),
    expect: { code: vector.code },
  };
  return files(`rejected/${vector.name}`, { 'vector.json': json(facts), ...responseFile(vector.response) });
}

/** What is posted as it is, or is no text, is kept as base64; the rest stays readable. */
function responseFile(response: RejectedVector['response']): Record<string, string> {
  if (typeof response === 'string') return { 'response.xml': response };
  const posted = Buffer.isBuffer(response) ? response.toString('base64') : response.posted;
  return { 'response.b64': posted };
}

function head({ what, rows, reference, now: moment = now, settings }: AcceptedVector | RejectedVector) {
  return {
    what,
    rows,
    ...(reference === undefined ? {} : { reference }),
    now: moment.toISOString(),
    ...(settings === undefined ? {} : { settings }),
  };
}

function decryptionOf(keys: readonly KeyName[] | undefined) {
  return keys ? { decryptionKeys: keys.map(keyFile) } : {};
}

function identityOf({ certificate, ...identity }: ExpectedIdentity) {
  return { ...identity, certificate: certificateFile(certificate) };
}

function files(folder: string, contents: Readonly<Record<string, string>>): Folder {
  return new Map(Object.entries(contents).map(([name, text]) => [`${folder}/${name}`, text]));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
