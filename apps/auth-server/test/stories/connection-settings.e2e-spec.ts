import { applicationId, defaultSettings, type ApplicationId, type ConnectionSettings } from '@gatehouse/core';
import type { Person } from '@gatehouse/tools/saml-idp';
import { anIdp, ConnectionDesk } from '../connection-desk';
import { Gatehouse } from '../gatehouse';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;
const idp = anIdp('settings-idp');

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  application = await gatehouse.application();
}, 60_000);
afterAll(() => gatehouse?.stop());

let people = 0;
function somebody(): Person {
  return person(`somebody${++people}@acme.example`);
}

function enabledWith(settings: object): Promise<ConnectionDesk> {
  return ConnectionDesk.enabled(gatehouse, acme, idp, { settings });
}

const attributes = {
  email: ['urn:acme:mail'],
  firstName: ['urn:acme:first'],
  lastName: ['urn:acme:last'],
  displayName: ['urn:acme:display'],
  groups: ['urn:acme:groups'],
  role: ['urn:acme:role'],
  custom: [{ name: 'costCentre', from: ['urn:acme:cost'] }],
};

/** Each setting with another value than its default; the compiler keeps the list complete. */
function others(chosen: ApplicationId): ConnectionSettings {
  return {
    jit: false,
    autoJoin: true,
    defaultRole: 'viewer',
    groupRoles: [{ group: 'it', role: 'admin' }],
    signaturePolicy: 'both',
    requireEncryptedAssertions: true,
    signRequests: true,
    requestBinding: 'post',
    nameIdFormat: 'persistent',
    requestedAuthnContext: ['urn:oasis:names:tc:SAML:2.0:ac:classes:X509'],
    forceAuthn: true,
    idpInitiated: 'bounce',
    idpInitiatedApplication: chosen,
    expiredCertificates: 'refuse',
    metadataCertificates: 'warn',
    clockSkewSeconds: 17,
    attributes,
  };
}

describe('the settings of a connection', () => {
  it('begin with the documented defaults [CON-12]', async () => {
    const desk = await ConnectionDesk.open(gatehouse, acme, idp);
    expect(await desk.settings()).toEqual(defaultSettings);
    expect(defaultSettings).toMatchObject({
      forceAuthn: false,
      requestedAuthnContext: [],
      signaturePolicy: 'either',
      idpInitiated: 'off',
      clockSkewSeconds: 180,
    });
  });

  it('can each be set alone, are kept, and leave all others as they were [CON-12]', async () => {
    const desk = await ConnectionDesk.open(gatehouse, acme, idp);
    const wanted = Object.entries(others(applicationId.parse(application.id)));
    const expected: Record<string, unknown> = { ...defaultSettings };
    for (const [name, value] of wanted) {
      expect(value).not.toEqual(expected[name]);
      expected[name] = value;
      await desk.did('PATCH', '', { settings: { [name]: value } });
      expect(await desk.settings()).toEqual(expected);
    }
    expect(wanted.map(([name]) => name).toSorted()).toEqual(Object.keys(defaultSettings).toSorted());
    const atOnce = await ConnectionDesk.open(gatehouse, acme, idp, { settings: expected });
    expect(await atOnce.settings()).toEqual(expected);
  });

  it.each<[string, object]>([
    ['a skew over 300 seconds', { clockSkewSeconds: 301 }],
    ['a negative skew', { clockSkewSeconds: -1 }],
    ['an unknown policy', { signaturePolicy: 'none' }],
    ['an owner by default', { defaultRole: 'owner' }],
    ['an owner by a group', { groupRoles: [{ group: 'it', role: 'owner' }] }],
    ['a text for a switch', { jit: 'yes' }],
    ['a mapping without e-mail', { attributes: { ...attributes, email: [] } }],
    [
      'a custom attribute without a source',
      { attributes: { ...attributes, custom: [{ name: 'a', from: [] }] } },
    ],
    [
      'a custom attribute by a name of ours',
      { attributes: { ...attributes, custom: [{ name: '__proto__', from: ['a'] }] } },
    ],
    [
      'one name twice',
      { attributes: { ...attributes, custom: ['a', 'b'].map((from) => ({ name: 'x', from: [from] })) } },
    ],
  ])('refuse %s, and keep what was there [CON-12] [CON-11]', async (_, settings) => {
    const desk = await ConnectionDesk.open(gatehouse, acme, idp);
    const refused = await desk.call('PATCH', '', { settings });
    expect(refused).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(await desk.settings()).toEqual(defaultSettings);
  });
});

describe('what settings do', () => {
  it('JIT, when off, keeps strangers out and lets in who is linked [CON-12] [LNK-6]', async () => {
    const desk = await enabledWith({});
    const known = somebody();
    expect(await desk.ending(application, known)).toBe('signed in');
    await desk.did('PATCH', '', { settings: { jit: false } });
    expect(await desk.ending(application, somebody())).toContain('jit_disabled');
    expect(await desk.ending(application, known)).toBe('signed in');
  });

  it('default role and rules by group decide the role of who comes in [CON-12]', async () => {
    const desk = await enabledWith({ defaultRole: 'viewer', groupRoles: [{ group: 'it', role: 'admin' }] });
    const [plain, it] = [somebody(), { ...somebody(), groups: ['staff', 'it'] }];
    expect([await desk.ending(application, plain), await desk.ending(application, it)]).toEqual([
      'signed in',
      'signed in',
    ]);
    expect([await desk.roleOf(plain.email), await desk.roleOf(it.email)]).toEqual(['viewer', 'admin']);
  });

  it.each([
    ['either', ['assertion', 'response', 'both'], []],
    ['assertion', ['assertion', 'both'], ['response']],
    ['response', ['response', 'both'], ['assertion']],
    ['both', ['both'], ['assertion', 'response']],
  ] as const)(
    'the signature policy %s takes what it says and nothing less [CON-12]',
    async (policy, taken, refused) => {
      const desk = await ConnectionDesk.open(gatehouse, acme, idp, { settings: { signaturePolicy: policy } });
      await desk.answer(await desk.startTest(), person(acme.owner), idp, { sign: 'both' });
      await desk.did('POST', '/enable');
      for (const sign of taken)
        expect(await desk.ending(application, somebody(), { sign })).toBe('signed in');
      for (const sign of refused)
        expect(await desk.ending(application, somebody(), { sign })).toContain('saml_signature_missing');
    },
  );

  it('the clock skew is what an early clock may be off, no more [CON-12]', async () => {
    const desk = await enabledWith({ clockSkewSeconds: 10 });
    const inAMinute = () => new Date(Date.now() + 60_000);
    expect(await desk.ending(application, somebody(), { notBefore: inAMinute() })).toContain(
      'saml_not_yet_valid',
    );
    await desk.did('PATCH', '', { settings: { clockSkewSeconds: 120 } });
    expect(await desk.ending(application, somebody(), { notBefore: inAMinute() })).toBe('signed in');
  });
});
