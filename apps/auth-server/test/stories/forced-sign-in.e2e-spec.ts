import { inflateRawSync } from 'node:zlib';
import { HttpBrowser } from '@gatehouse/tools/http-browser';
import type { ResponseChanges } from '@gatehouse/tools/saml-idp';
import { Gatehouse, text } from '../gatehouse';
import { Organisation, person, type Asked } from '../organisation';

let gatehouse: Gatehouse;
let strict: Organisation;
let relaxed: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  strict = new Organisation(gatehouse, 'strict');
  await strict.register();
  await strict.verifyDomain();
  await strict.connect({ forceAuthn: true });
  await strict.test(person(strict.owner));
  await gatehouse.did('POST', `${strict.path}/connections/${strict.connection}/enable`);
  relaxed = await Organisation.setUp(gatehouse, 'relaxed');
  application = await gatehouse.application();
}, 60_000);

afterAll(() => gatehouse?.stop());

/** The address by which the browser arrives at the identity provider, and the question in it. */
async function ask(organisation: Organisation): Promise<{ asked: Asked; xml: string }> {
  const { sso, redirectUri } = application;
  const { url } = await sso.signIn.start({ redirectUri, tenant: organisation.slug });
  const browser = new HttpBrowser({ follow: (next) => next.startsWith(gatehouse.url) });
  const arrival = text((await browser.get(url)).location);
  const asked = { browser, question: organisation.idp.readRedirect(arrival) };
  const message = Buffer.from(new URL(arrival).searchParams.get('SAMLRequest') ?? '', 'base64');
  return { asked, xml: inflateRawSync(message).toString() };
}

function before(milliseconds: number): ResponseChanges {
  return { authnInstant: new Date(Date.now() - milliseconds) };
}

const minute = 60_000;

describe('a connection that forces re-authentication', () => {
  it('says so in each request, and only then [SES-5]', async () => {
    expect((await ask(strict)).xml).toContain('ForceAuthn="true"');
    expect((await ask(relaxed)).xml).not.toContain('ForceAuthn');
  });

  it('lets in who signed in at the identity provider just now [SES-5]', async () => {
    const page = await strict.answer((await ask(strict)).asked, person('eve@strict.example'), before(500));
    expect(text(page.location)).toContain(`${application.redirectUri}?code=`);
  });

  it.each([
    ['yesterday', 24 * 60 * minute],
    ['ten minutes ago, well within the time that a sign-in may take', 10 * minute],
    ['longer ago than clocks may differ', 3 * minute + 2000],
  ])('refuses a borrowed session of the identity provider, signed in %s [SES-5]', async (_, ago) => {
    const counted = await gatehouse.count('strict');
    const page = await strict.answer((await ask(strict)).asked, person('eve@strict.example'), before(ago));
    expect(page.status).toBe(403);
    expect(page.text).toContain('saml_authentication_stale');
    expect(page.text).toContain('let you through without asking');
    expect(await gatehouse.count('strict')).toEqual(counted);
    const { items } = await gatehouse.did(
      'GET',
      'tenants/strict/sign-ins?code=saml_authentication_stale&limit=1',
    );
    expect(items).toMatchObject([{ mend: { mender: 'it-admin', field: 'reauthentication' } }]);
  });

  it('lets the same borrowed session pass where nothing is forced [SES-5]', async () => {
    const page = await relaxed.answer(
      (await ask(relaxed)).asked,
      person('eve@relaxed.example'),
      before(10 * minute),
    );
    expect(text(page.location)).toContain(`${application.redirectUri}?code=`);
  });

  it('refuses a test with a borrowed session as well [SES-5] [CON-8]', async () => {
    const path = `${strict.path}/connections/${strict.connection}/tests`;
    const { startUrl } = await gatehouse.did('POST', path);
    const asked = await strict.arriveAtIdp(text(startUrl));
    const page = await strict.answer(asked, person(strict.owner), before(10 * minute));
    expect(page.text).toContain('saml_authentication_stale');
  });
});
