import fc from 'fast-check';
import { defaultSettings, type IdpDescription } from '../connections/connection';
import { SsoError } from '../shared/sso-error';
import { judgeMetadata } from './judge-metadata';

const now = new Date('2026-11-21T12:00:00.000Z');
const day = 24 * 60 * 60 * 1000;

function certificate(fingerprint: string, daysLeft = 900) {
  const notAfter = new Date(now.getTime() + daysLeft * day);
  return { pem: fingerprint, fingerprint, subject: 'CN=x', notBefore: now, notAfter };
}

function naming(fingerprints: readonly string[], changes: Partial<IdpDescription> = {}): IdpDescription {
  return {
    entityId: 'https://idp.example',
    sso: [{ binding: 'redirect', url: 'https://idp.example/sso' }],
    slo: [
      { binding: 'redirect', url: 'https://idp.example/slo', responseUrl: 'https://idp.example/slo-answer' },
    ],
    certificates: fingerprints.map((each) => certificate(each)),
    wantsSignedRequests: false,
    ...changes,
  };
}

function judged(
  trusted: readonly string[],
  read: IdpDescription,
  ever: readonly string[] = trusted,
  metadataCertificates: 'add' | 'warn' = 'add',
) {
  const connection = { idp: naming(trusted), settings: { ...defaultSettings, metadataCertificates } };
  try {
    const { added, leftOut } = judgeMetadata(connection, read, new Set(ever), now);
    return { added: added.map(({ pem }) => pem), leftOut: leftOut.map(({ pem }) => pem) };
  } catch (error) {
    if (error instanceof SsoError) return error.code;
    throw error;
  }
}

describe('metadata', () => {
  it('adds certificates that are new, and removes none that it no longer names [CRT-4]', () => {
    expect(judged(['A'], naming(['B', 'C']))).toEqual({ added: ['B', 'C'], leftOut: [] });
    expect(judged(['A', 'B'], naming(['B']))).toEqual({ added: [], leftOut: [] });
  });

  it('brings no certificate back that was trusted once, and adds none that has ended [CRT-4]', () => {
    expect(judged(['A'], naming(['A', 'B', 'C']), ['A', 'B'])).toEqual({ added: ['C'], leftOut: ['B'] });
    const past = { certificates: [certificate('A'), certificate('B', -1)] };
    expect(judged(['A'], naming([], past))).toEqual({ added: [], leftOut: [] });
  });

  it.each<[string, Partial<IdpDescription>, string]>([
    ['another issuer', { entityId: 'https://evil.example' }, 'metadata_other_issuer'],
    ['an issuer in other letters', { entityId: 'https://IDP.example' }, 'metadata_other_issuer'],
    [
      'another sign-on address',
      { sso: [{ binding: 'redirect', url: 'https://evil.example' }] },
      'metadata_addresses_changed',
    ],
    [
      'another binding',
      { sso: [{ binding: 'post', url: 'https://idp.example/sso' }] },
      'metadata_addresses_changed',
    ],
    ['no logout address', { slo: [] }, 'metadata_addresses_changed'],
  ])('of %s is refused as a whole, its certificates too [CRT-4]', (_, changes, code) => {
    expect(judged(['A'], naming(['A', 'B'], changes))).toBe(code);
  });

  it('may name further addresses, which are not taken over [CRT-4]', () => {
    const more = naming(['A']).sso.concat({ binding: 'post', url: 'https://idp.example/post' });
    expect(judged(['A'], naming(['A'], { sso: more }))).toEqual({ added: [], leftOut: [] });
  });

  it('adds no eleventh certificate, and none where only a warning is wanted [CRT-4]', () => {
    const ten = Array.from({ length: 10 }, (_, index) => `T${index}`);
    expect(judged(ten.slice(1), naming(['B']))).toEqual({ added: ['B'], leftOut: [] });
    expect(judged(ten, naming(['B']))).toBe('certificate_not_taken');
    expect(judged(['A'], naming(['A', 'B']), ['A'], 'warn')).toBe('certificate_not_taken');
    expect(judged(['A'], naming(['A']), ['A'], 'warn')).toEqual({ added: [], leftOut: [] });
  });

  it('never makes a connection trust what it trusted before and does not now, whatever it names [CRT-4]', () => {
    const upTo = (maxLength: number) => fc.uniqueArray(fc.constantFrom(...'ABCDEFGHIJKLMNOP'), { maxLength });
    fc.assert(
      fc.property(upTo(10), upTo(10), upTo(16), (trusted, published, removed) => {
        const outcome = judged(trusted, naming(published), [...trusted, ...removed]);
        if (typeof outcome === 'string') return expect(outcome).toBe('certificate_not_taken');
        expect(outcome.added.some((each) => removed.includes(each) || trusted.includes(each))).toBe(false);
        expect(trusted.length + outcome.added.length).toBeLessThanOrEqual(10);
      }),
    );
  });
});
