import { aConnection } from '../testing';
import { wantedTrust, withOrdinary, type ConnectionChange } from './change-connection';
import {
  configurationFingerprint,
  defaultSettings,
  type Connection,
  type IdpDescription,
} from './connection';
import { isTested, trustOf, type ConnectionVersion, type TrustConfiguration } from './connection-version';
import { editTrust, serve } from './edit-trust';

const now = new Date('2026-11-21T12:00:00Z');
const operator = { kind: 'operator' } as const;

function anIdp(entityId: string, fingerprint = 'AA'): IdpDescription {
  return {
    entityId,
    sso: [{ binding: 'redirect', url: 'https://idp.example/sso' }],
    slo: [],
    certificates: [{ pem: fingerprint, fingerprint, subject: 'CN=x', notBefore: now, notAfter: now }],
    wantsSignedRequests: false,
  };
}

function aVersion(number: number, configuration: TrustConfiguration, more: Partial<ConnectionVersion> = {}) {
  const version: ConnectionVersion = {
    tenantId: 'ten_1',
    connectionId: 'conn_1',
    number,
    state: 'serving',
    configuration,
    difference: [],
    author: operator,
    createdAt: now,
    ...more,
  };
  return version;
}

const enabled = aConnection({ idp: anIdp('old'), version: 1 });
const { enabledAt: _, ...off } = enabled;

function edit(connection: Connection, change: ConnectionChange, pending?: ConnectionVersion) {
  const served = trustOf(connection);
  const known = { serving: served && aVersion(1, served), pending, last: pending ? 2 : 1 };
  const wanted = wantedTrust(pending?.configuration ?? served, connection.settings, change);
  if (!wanted) throw new Error('The change names no identity provider.');
  return editTrust(withOrdinary(connection, change), known, wanted, operator, now);
}

function outline({ connection, versions, type }: ReturnType<typeof edit>) {
  const { version, pendingVersion, idp } = connection;
  const states = versions.map(({ number, state }) => `${number} ${state}`);
  return { type, version, pendingVersion, serves: idp?.entityId, states };
}

describe('an edit of what a connection trusts', () => {
  it.each<[string, ConnectionChange]>([
    ['the issuer', { idp: anIdp('new') }],
    ['a certificate', { idp: anIdp('old', 'BB') }],
    ['an address', { idp: { ...anIdp('old'), sso: [{ binding: 'post', url: 'https://idp.example/sso' }] } }],
    ['the signature policy', { settings: { signaturePolicy: 'both' } }],
    ['encryption', { settings: { requireEncryptedAssertions: true } }],
    ['the mapping', { settings: { attributes: { ...defaultSettings.attributes, email: ['urn:mail'] } } }],
  ])(
    'waits where it changes %s of one that is on, and serves at once of one that is off [CON-16] [CON-8]',
    (_, change) => {
      expect(outline(edit(enabled, change))).toEqual({
        type: 'connection.version_proposed',
        version: 1,
        pendingVersion: 2,
        serves: 'old',
        states: ['2 pending'],
      });
      expect(outline(edit(off, change))).toMatchObject({
        type: 'connection.updated',
        version: 2,
        pendingVersion: undefined,
        states: ['1 retired', '2 serving'],
      });
    },
  );

  it('makes no version where the fingerprint stays the same, and takes what is new at once [CON-16]', () => {
    const idp = { ...anIdp('old'), wantsSignedRequests: true };
    const result = edit(enabled, { idp, metadataUrl: 'https://idp.example/metadata' });
    expect(outline(result)).toMatchObject({ version: 1, pendingVersion: undefined, states: [] });
    expect(result.connection).toMatchObject({ idp, metadataUrl: 'https://idp.example/metadata' });
  });

  it('does not carry the address of earlier metadata over to values that were typed in [CON-6]', () => {
    const fetched = { ...off, metadataUrl: 'https://idp.example/metadata' };
    expect(edit(fetched, { idp: anIdp('typed') }).connection).not.toHaveProperty('metadataUrl');
  });

  it('begins from what is pending, and discards it [CON-16]', () => {
    const pending = aVersion(2, { idp: anIdp('new'), settings: defaultSettings }, { state: 'pending' });
    const waiting = { ...enabled, pendingVersion: 2 };
    const result = edit(waiting, { settings: { signaturePolicy: 'response' } }, pending);
    expect(outline(result)).toMatchObject({ pendingVersion: 3, states: ['2 discarded', '3 pending'] });
    expect(result.versions[1]?.configuration).toMatchObject({
      idp: { entityId: 'new' },
      settings: { signaturePolicy: 'response' },
    });
    expect(result.versions[1]?.difference.map(({ field }) => field)).toEqual([
      'idp.entityId',
      'settings.signaturePolicy',
    ]);
  });

  it('says of certificates which come and go, by fingerprint [CON-16]', () => {
    const [version] = edit(enabled, { idp: anIdp('old', 'BB') }).versions;
    expect(version?.difference).toEqual([{ field: 'idp.certificates', before: ['AA'], after: ['BB'] }]);
  });
});

describe('the test of a version', () => {
  it('counts for exactly its configuration [CON-17]', () => {
    const configuration = { idp: anIdp('new'), settings: defaultSettings };
    const passedTest = {
      fingerprint: configurationFingerprint(configuration),
      at: now,
      email: 'o@acme.example',
    };
    expect(isTested(aVersion(2, configuration, { passedTest }))).toBe(true);
    const other = { ...configuration, idp: anIdp('new', 'BB') };
    expect(isTested(aVersion(2, other, { passedTest }))).toBe(false);
    expect(isTested(aVersion(2, configuration))).toBe(false);
  });

  it("becomes the connection's with the version that serves [CON-17]", () => {
    const configuration = { idp: anIdp('new'), settings: defaultSettings };
    const passedTest = { fingerprint: 'f', at: now, email: 'o@acme.example' };
    const served = serve({ ...enabled, pendingVersion: 2 }, aVersion(2, configuration, { passedTest }));
    expect(served).toMatchObject({ version: 2, test: passedTest, idp: { entityId: 'new' } });
    expect(served).not.toHaveProperty('pendingVersion');
  });
});
