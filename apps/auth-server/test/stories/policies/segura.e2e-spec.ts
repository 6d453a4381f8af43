import { randomBytes } from 'node:crypto';
import { HttpBrowser } from '@gatehouse/tools/http-browser';
import type { Config } from '../../../src/config';
import { asArray, asRecord, Gatehouse, text } from '../../gatehouse';
import { LocalPeople } from '../../local-account';
import { PolicyDesk, type ReadyMade } from '../../policy-desk';

/** As Segura documents it: a SAML button beside the password, and the identity provider asked anew for each session. */
const segura: ReadyMade = {
  policy: { newMembersOnSso: false },
  connection: { forceAuthn: true },
};

const minute = 60_000;
const keys: Partial<Config> = {
  secretKeys: [{ name: 'k1', key: randomBytes(32) }],
  cookieKeys: [randomBytes(32).toString('hex')],
};

let gatehouse: Gatehouse;
let people: LocalPeople;
let vault: PolicyDesk;

beforeAll(async () => {
  gatehouse = await Gatehouse.start(keys);
  people = new LocalPeople(gatehouse, await gatehouse.application());
  vault = await PolicyDesk.furnish(people, 'vault', segura);
  await people.join('vault', 'auditor@vault.example');
}, 60_000);

afterAll(() => gatehouse?.stop());

describe('an organisation that is set as Segura documents it', () => {
  it('shows the SAML button and the form of local users on its own page, and both lead in [LOG-4]', async () => {
    const { browser } = await people.begin();
    const page = await browser.get(`${gatehouse.url}/t/vault/login`);
    expect(page.text).toContain('Sign in with SAML');
    expect(page.form('password').fields).toHaveProperty('email');
    await expect(vault.byPassword('auditor@vault.example')).resolves.toBe('signed in');
    await expect(vault.bySso('operator@vault.example')).resolves.toBe('signed in');
  });

  it('wants each session to be signed in for anew, and takes none that the identity provider lends [SES-5]', async () => {
    const fresh = { authnInstant: new Date(Date.now() - 1000) };
    await expect(vault.bySso('operator@vault.example', fresh)).resolves.toBe('signed in');
    const borrowed = { authnInstant: new Date(Date.now() - 30 * minute) };
    await expect(vault.bySso('operator@vault.example', borrowed)).resolves.not.toBe('signed in');
    const [refused] = await gatehouse.audit('vault');
    expect(refused).toMatchObject({ type: 'sign_in.refused', data: { code: 'saml_authentication_stale' } });
  });

  it('lets the identity provider rule how long a session lasts [SML-12]', async () => {
    const sessionNotOnOrAfter = new Date(Date.now() + 10 * minute);
    const { caller } = await vault.signIn('brief@vault.example', { sessionNotOnOrAfter });
    const { items } = await caller.did('GET', `${vault.organisation.path}/sessions`);
    const ends = asArray(items).map((each) => Date.parse(text(asRecord(each)['expiresAt'])));
    expect(ends).toEqual([sessionNotOnOrAfter.getTime()]);
  });

  it('ends the sessions that its identity provider ends [SML-11]', async () => {
    const email = 'leaver@vault.example';
    const { caller } = await vault.signIn(email, { sessionIndex: '_vault' });
    await expect(caller.call('GET', 'me')).resolves.toMatchObject({ status: 200 });
    const { idp, serviceProvider } = vault.organisation;
    const name = { nameId: email, sessionIndexes: ['_vault'] };
    const message = idp.logout.request(serviceProvider.sloUrl, name);
    await new HttpBrowser({ follow: () => false }).get(message.redirectUrl);
    await expect(caller.call('GET', 'me')).resolves.toMatchObject({ status: 401 });
  });

  it('goes on by password where the operator switches SAML off for everybody [CON-20]', async () => {
    const closed = await Gatehouse.start({
      ...{ ...keys, databaseUrl: gatehouse.database.url, disabledProtocols: ['saml'] },
    });
    try {
      const desk = new PolicyDesk(
        closed,
        vault.organisation,
        new LocalPeople(closed, await closed.application()),
      );
      await expect(desk.byPassword('auditor@vault.example')).resolves.toBe('signed in');
      const page = await new HttpBrowser().get(`${closed.url}/t/vault/login`);
      expect(page.text).not.toContain('Sign in with SAML');
    } finally {
      await closed.stop();
    }
  }, 30_000);
});
