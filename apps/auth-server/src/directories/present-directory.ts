import {
  directoryTokenState,
  type DirectoryId,
  type DirectoryOverview,
  type DirectoryRequest,
  type DirectoryToken,
  type ProvisionedPerson,
  type QuarantineReason,
} from '@gatehouse/core';

/** The address that is entered at the client; `base` has no trailing slash. */
export function directoryAddress(base: string, id: DirectoryId): string {
  return `${base}/scim/v2/${id}`;
}

export function presentDirectory({ directory, ...counts }: DirectoryOverview, publicUrl: string) {
  const { id, name, defaultRole, pairing, connectionId, pausedAt, createdAt } = directory;
  return {
    ...{ id, name, baseUrl: directoryAddress(publicUrl, id), defaultRole, pairing, connectionId },
    ...{ state: pausedAt ? 'paused' : 'active', pausedAt, createdAt },
    ...counts,
  };
}

export function presentDirectoryToken(token: DirectoryToken, now: Date) {
  const { id, name, createdAt, expiresAt, lastUsedAt, revokedAt } = token;
  return { id, name, state: directoryTokenState(token, now), createdAt, expiresAt, lastUsedAt, revokedAt };
}

export function listRequest(request: DirectoryRequest) {
  const { id, at, tokenId, method, path, status, scimType, detail, milliseconds, userAgent } = request;
  return { id, at, tokenId, method, path, status, scimType, detail, milliseconds, userAgent };
}

export function presentRequest(request: DirectoryRequest) {
  const { ifMatch, body, bodyCut } = request;
  return { ...listRequest(request), ifMatch, body, bodyCut };
}

const remedies: Readonly<Record<QuarantineReason, string>> = {
  no_email: 'Send an e-mail address for this person, or a userName that is one.',
  email_domain_not_verified:
    'Verify the domain of this address here, or give the person an address in a domain that is verified.',
  member_removed:
    'Somebody removed this person from the organisation. An owner or admin can let them in again.',
  provisioned_otherwise:
    'Another person that a directory sent is this member already. Remove one of the two there.',
};

export function presentPerson(person: ProvisionedPerson) {
  const { id, userName, externalId, email, name, active, standing, quarantinedFor } = person;
  const { userId, memberId, createdAt, deletedAt } = person;
  const whatToDo = quarantinedFor && remedies[quarantinedFor];
  return {
    ...{ id, userName, externalId, email, name, active, standing, quarantinedFor, whatToDo },
    ...{ userId, memberId, createdAt, deletedAt },
  };
}
