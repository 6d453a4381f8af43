import { aConnection } from '../testing';
import { configurationFingerprint, connectionState } from './connection';

const now = new Date('2026-11-21T12:00:00Z');

describe('the state of a connection', () => {
  const certificate = { pem: '', fingerprint: 'AA', subject: 'CN=x', notBefore: now, notAfter: now };
  const idp = {
    entityId: 'e',
    sso: [{ binding: 'redirect', url: 'https://i.example' }],
    slo: [],
    certificates: [certificate],
    wantsSignedRequests: false,
  } as const;
  const { enabledAt: _, ...draft } = aConnection();

  it('counts a test only of exactly this configuration [CON-17]', () => {
    const test = {
      fingerprint: configurationFingerprint({ ...draft, idp }),
      at: now,
      email: 'o@acme.example',
    };
    expect(connectionState(draft)).toBe('draft');
    expect(connectionState({ ...draft, idp })).toBe('configured');
    expect(connectionState({ ...draft, idp, test })).toBe('tested');
    const moved = { ...idp, sso: [{ binding: 'redirect', url: 'https://other.example' }] } as const;
    expect(connectionState({ ...draft, idp: moved, test })).toBe('configured');
  });

  it('asks for a new test where the mapping changes in any part, and for none where nothing was named [CON-8] [CON-11]', () => {
    const { attributes, ...settings } = draft.settings;
    const mapped = (change: Partial<typeof attributes>) =>
      configurationFingerprint({ idp, settings: { ...settings, attributes: { ...attributes, ...change } } });
    const changes = [
      ...(['email', 'firstName', 'lastName', 'displayName', 'groups', 'role'] as const).map((name) =>
        mapped({ [name]: ['urn:new'] }),
      ),
      mapped({ custom: [{ name: 'costCentre', from: ['urn:new'] }] }),
      mapped({ custom: [{ name: 'costCenter', from: ['urn:new'] }] }),
    ];
    expect(new Set([mapped({}), ...changes]).size).toBe(changes.length + 1);
    expect(mapped({ role: [], custom: [] })).toBe(mapped({}));
  });
});
