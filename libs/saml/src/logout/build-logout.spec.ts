import { readLogoutForm, readLogoutRedirect } from '@gatehouse/tools/saml-idp';
import { now, sp } from '../../test/answers';
import { description, ownCertificate, signer, sloUrl } from '../../test/logouts';
import { buildLogoutRequest, buildLogoutResponse, logoutEndpoint, postForm, redirectAddress } from '../index';

const nameId = {
  value: 'ann & <bob>',
  format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  nameQualifier: 'https://idp.example/entity',
  spNameQualifier: 'https://sp.example',
};
const endpoint = { binding: 'redirect', url: sloUrl } as const;
const common = { serviceProvider: sp, id: '_1', now, endpoint, signer };

describe('a logout request of ours', () => {
  const message = buildLogoutRequest({ ...common, nameId, sessionIndex: '_i"1' });

  it.each([
    ['redirect', () => readLogoutRedirect(redirectAddress(message), ownCertificate), ['Issuer']],
    ['post', () => readLogoutForm(postForm(message).fields, ownCertificate), ['Issuer', 'Signature']],
  ])('by %s is signed, and repeats the whole NameID [SML-11]', (_, read, head) => {
    const seen = read();
    expect(seen).toMatchObject({ kind: 'LogoutRequest', issuer: sp.entityId, nameId: 'ann & <bob>' });
    expect(seen.order).toEqual([...head, 'NameID', 'SessionIndex']);
    expect(seen.sessionIndexes).toEqual(['_i"1']);
    expect(seen.nameIdAttributes).toEqual({
      Format: nameId.format,
      NameQualifier: nameId.nameQualifier,
      SPNameQualifier: nameId.spNameQualifier,
    });
    expect(seen.attributes).toEqual({
      ID: '_1',
      Version: '2.0',
      IssueInstant: '2026-06-01T12:00:00.000Z',
      Destination: sloUrl,
      NotOnOrAfter: '2026-06-01T12:05:00.000Z',
      Reason: 'urn:oasis:names:tc:SAML:2.0:logout:user',
    });
  });

  it('names no session where the identity provider named none [SML-11]', () => {
    const bare = buildLogoutRequest({ ...common, nameId: { value: 'ann' } });
    const seen = readLogoutRedirect(redirectAddress(bare), ownCertificate);
    expect([seen.sessionIndexes, seen.nameIdAttributes]).toEqual([[], {}]);
  });
});

describe('a logout answer of ours', () => {
  const answer = { ...common, inResponseTo: '_theirs', status: 'Success', relayState: 'r&1' } as const;

  it.each([
    [
      'redirect',
      (relayState: string) =>
        readLogoutRedirect(redirectAddress(buildLogoutResponse({ ...answer, relayState })), ownCertificate),
    ],
    [
      'post',
      (relayState: string) =>
        readLogoutForm(postForm(buildLogoutResponse({ ...answer, relayState })).fields, ownCertificate),
    ],
  ])('by %s is signed, names the request and gives RelayState back as it came [SML-11]', (_, read) => {
    const seen = read('r&1');
    expect(seen).toMatchObject({ kind: 'LogoutResponse', issuer: sp.entityId, relayState: 'r&1' });
    expect(seen.attributes).toMatchObject({ InResponseTo: '_theirs', Destination: sloUrl });
    expect(seen.statusCodes).toEqual(['urn:oasis:names:tc:SAML:2.0:status:Success']);
    expect(read('é'.repeat(40)).relayState).toBe('é'.repeat(40));
    expect(read('é'.repeat(41)).relayState).toBeUndefined();
  });

  it('goes to ResponseLocation, by the binding of the request where the identity provider has it [SML-11]', () => {
    const byRedirect = logoutEndpoint(description, 'redirect');
    expect(byRedirect?.binding).toBe('redirect');
    const message = buildLogoutResponse({ ...answer, endpoint: byRedirect ?? endpoint });
    expect(message.url).toBe('https://idp.example/slo/answers');
    expect(message.xml).toContain('Destination="https://idp.example/slo/answers"');
    expect(
      logoutEndpoint({ ...description, slo: [{ binding: 'post', url: sloUrl }] }, 'redirect')?.binding,
    ).toBe('post');
    expect(logoutEndpoint({ ...description, slo: [] })).toBeUndefined();
  });

  it.each(['Requester', 'Responder'] as const)('says %s when that is what came of it [SML-11]', (status) => {
    const seen = readLogoutRedirect(
      redirectAddress(buildLogoutResponse({ ...answer, status })),
      ownCertificate,
    );
    expect(seen.statusCodes).toEqual([`urn:oasis:names:tc:SAML:2.0:status:${status}`]);
  });
});
