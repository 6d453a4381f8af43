import type { Person } from '@gatehouse/tools/saml-idp';
import { anIdp, ConnectionDesk } from '../connection-desk';
import { Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;
const idp = anIdp('mapping-idp');

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
    expect(await desk.ending(application, { nameId: 'somebody@elsewhere.example' })).toContain(
      'email_domain_not_verified',
    );
    expect(await desk.ending(application, { nameId: 'no-address' })).toContain('email_domain_not_verified');
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
      expect(await desk.ending(application, who, { attributes: sent })).toBe('signed in');
      return desk.roleOf(who.email);
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
