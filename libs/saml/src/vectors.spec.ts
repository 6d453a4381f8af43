import { join } from 'node:path';
import type { VerifiedIdentity } from '@gatehouse/core';
import { fingerprintOf, readVectors } from '../fuzz/vectors.mjs';
import type { Vector } from '../fuzz/vectors.mjs';
import { refusal } from '../test/answers';
import { readIdpMetadata, verifyResponse } from './index';

const root = join(__dirname, '../../../tools/vectors');
const accepted = readVectors(root, 'accepted');
const rejected = readVectors(root, 'rejected');

const titled = (vectors: readonly Vector[]): [string, Vector][] =>
  vectors.map((vector) => {
    const rows = vector.facts.rows.map((row) => `[${row}]`).join(' ');
    return [`${vector.facts.what} (${vector.name}) ${rows}`, vector];
  });

/** What a vector may expect of a person; what it does not name must not come. */
const personOf = (identity: VerifiedIdentity) => {
  const { subject, email, firstName, lastName, displayName, groups, sessionIndex, inResponseTo } = identity;
  return { subject, email, firstName, lastName, displayName, groups, sessionIndex, inResponseTo };
};

describe('Accepted vectors', () => {
  it('are at least 35 [SML-3]', () => {
    expect(accepted.length).toBeGreaterThanOrEqual(35);
  });

  it.each(titled(accepted))('%s', (_title, { facts, certificates, metadata, request }) => {
    const idp = readIdpMetadata(metadata ?? '', request.now);
    expect(idp.entityId).toBe(request.connection.idp?.entityId);
    expect(idp.certificates.map(({ fingerprint }) => fingerprint)).toEqual(
      certificates.map(({ fingerprint }) => fingerprint),
    );
    const identity = verifyResponse({ ...request, connection: { ...request.connection, idp } });
    const { certificate = '', ...person } = facts.expect.identity ?? {};
    expect(personOf(identity)).toEqual(person);
    expect(identity.issuer).toBe(idp.entityId);
    expect(identity.certificateFingerprint).toBe(fingerprintOf(root, certificate));
  });
});

describe('Rejected vectors', () => {
  it('are at least 150 [SML-3]', () => {
    expect(rejected.length).toBeGreaterThanOrEqual(150);
  });

  it.each(titled(rejected))('%s', (_title, { facts, request }) => {
    expect(refusal(() => verifyResponse(request))).toBe(facts.expect.code);
  });
});
