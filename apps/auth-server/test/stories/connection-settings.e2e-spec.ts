import { applicationId, defaultSettings, type ApplicationId, type ConnectionSettings } from '@gatehouse/core';
import type { Person, ResponseChanges } from '@gatehouse/tools/saml-idp';
import { anIdp, ConnectionDesk } from '../connection-desk';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
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

/** Where the sign-in ended: at the application, or at a page with a reason. */
async function ending(desk: ConnectionDesk, who = somebody(), changes: ResponseChanges = {}) {
  const page = await desk.answer(await desk.begin(application), who, idp, changes);
  return page.location?.startsWith(application.redirectUri) ? 'signed in' : page.text;
}

async function roleOf({ email }: Person): Promise<unknown> {
  const { items } = await gatehouse.did('GET', `${acme.path}/members?limit=200`);
  return asArray(items)
    .map(asRecord)
    .find((member) => member['email'] === email)?.['role'];
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
    expect(await ending(desk, known)).toBe('signed in');
    await desk.did('PATCH', '', { settings: { jit: false } });
    expect(await ending(desk)).toContain('jit_disabled');
    expect(await ending(desk, known)).toBe('signed in');
  });

  it('default role and rules by group decide the role of who comes in [CON-12]', async () => {
    const desk = await enabledWith({ defaultRole: 'viewer', groupRoles: [{ group: 'it', role: 'admin' }] });
    const [plain, it] = [somebody(), { ...somebody(), groups: ['staff', 'it'] }];
    expect([await ending(desk, plain), await ending(desk, it)]).toEqual(['signed in', 'signed in']);
    expect([await roleOf(plain), await roleOf(it)]).toEqual(['viewer', 'admin']);
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
      for (const sign of taken) expect(await ending(desk, somebody(), { sign })).toBe('signed in');
      for (const sign of refused)
        expect(await ending(desk, somebody(), { sign })).toContain('saml_signature_missing');
    },
  );

  it('the clock skew is what an early clock may be off, no more [CON-12]', async () => {
    const desk = await enabledWith({ clockSkewSeconds: 10 });
    const inAMinute = () => new Date(Date.now() + 60_000);
    expect(await ending(desk, somebody(), { notBefore: inAMinute() })).toContain('saml_not_yet_valid');
    await desk.did('PATCH', '', { settings: { clockSkewSeconds: 120 } });
    expect(await ending(desk, somebody(), { notBefore: inAMinute() })).toBe('signed in');
  });
});

describe('the mapping of attributes', () => {
  it.each([
    'email',
    'mail',
    'user.email',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    'urn:oid:0.9.2342.19200300.100.1.3',
  ])('knows %s as the e-mail by default, beside a NameID that is none [CON-11]', async (name) => {
    const desk = await enabledWith({});
    const email = `somebody${++people}@acme.example`;
    const answered = await desk.signIn(application, { nameId: `id-${people}` }, idp, {
      attributes: { [name]: [email], ['urn:other']: ['other@acme.example'] },
    });
    expect(answered.profile.email).toBe(email);
  });

  it('takes the NameID for the e-mail where it is one of a verified domain, else refuses [CON-11]', async () => {
    const desk = await enabledWith({});
    const nameId = `somebody${++people}@acme.example`;
    const answered = await desk.signIn(application, { nameId });
    expect(answered.profile.email).toBe(nameId);
    expect(await ending(desk, { nameId: 'somebody@elsewhere.example' })).toContain(
      'email_domain_not_verified',
    );
    expect(await ending(desk, { nameId: 'no-address' })).toContain('email_domain_not_verified');
  });

  it('reads what it names and nothing else: name, groups, role and custom attributes [CON-11]', async () => {
    const desk = await ConnectionDesk.open(gatehouse, acme, idp, {
      settings: { attributes, groupRoles: [{ group: 'Helpdesk', role: 'admin' }] },
    });
    await desk.test();
    await desk.did('POST', '/enable');
    const email = `somebody${++people}@acme.example`;
    const answered = await desk.signIn(application, { nameId: `id-${people}` }, idp, {
      attributes: {
        'urn:acme:mail': [email],
        'urn:acme:first': ['Zoë'],
        'urn:acme:last': ['Zimmer'],
        'urn:acme:groups': ['a', 'b'],
        'urn:acme:role': ['viewer'],
        'urn:acme:cost': ['4711', 'x'.repeat(257)],
        email: ['wrong@acme.example'],
        groups: ['wrong'],
        role: ['admin'],
      },
    });
    expect(answered.profile).toMatchObject({ email, name: 'Zoë Zimmer' });
    expect(answered.session.user).toMatchObject({
      role: 'viewer',
      groups: ['a', 'b'],
      attributes: { costCentre: ['4711'] },
    });
  });

  it('makes nobody an admin by a role attribute alone, only by a rule [CON-11]', async () => {
    const desk = await ConnectionDesk.open(gatehouse, acme, idp, {
      settings: { attributes, groupRoles: [{ group: 'Helpdesk', role: 'admin' }] },
    });
    await desk.test();
    await desk.did('POST', '/enable');
    const came = async (role: string) => {
      const who = somebody();
      const sent = { 'urn:acme:mail': [text(who.email)], 'urn:acme:role': [role] };
      expect(await ending(desk, who, { attributes: sent })).toBe('signed in');
      return roleOf(who);
    };
    expect(await Promise.all(['owner', 'admin', 'viewer', 'Helpdesk'].map(came))).toEqual([
      'member',
      'member',
      'viewer',
      'admin',
    ]);
  });

  it('waits for a test where the connection is on, like every edit of trust [CON-11] [CON-8] [CON-16]', async () => {
    const desk = await enabledWith({});
    await desk.did('PATCH', '', { settings: { attributes } });
    const mapped = {
      attributes: { 'urn:acme:mail': ['ceo@acme.example'], email: [`somebody${++people}@acme.example`] },
    };
    const answered = await desk.signIn(application, { nameId: `id-${people}` }, idp, mapped);
    expect(answered.profile.email).toBe(`somebody${people}@acme.example`);
    expect((await desk.call('POST', '/versions/2/promote')).body['code']).toBe('connection_not_tested');
  });
});
