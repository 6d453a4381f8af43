import { Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
}, 60_000);

afterAll(() => gatehouse?.stop());

describe('two applications in one browser', () => {
  it('an answer to the one does not sign in to the other, whose own answer then does [SES-6] [APP-2]', async () => {
    const [one, two] = [await gatehouse.application(), await gatehouse.application('http://localhost:10')];
    const first = await one.sso.signIn.start({ redirectUri: one.redirectUri, tenant: 'acme' });
    const second = await two.sso.signIn.start({ redirectUri: two.redirectUri, tenant: 'acme' });
    const asked = await acme.arriveAtIdp(first.url);
    const atIdpAgain = await asked.browser.get(second.url);

    const stale = await acme.answer(asked, person('ben@acme.example'));
    expect(stale.status).toBe(400);
    expect(stale.location).toBeUndefined();
    expect(stale.text).toContain('flow_expired');
    expect(stale.text).toContain('Another sign-in was begun meanwhile in this browser');

    const question = acme.idp.readRedirect(text(atIdpAgain.location));
    const page = await acme.answer({ browser: asked.browser, question }, person('ben@acme.example'));
    const callbackUrl = text(page.location);
    expect(callbackUrl).toContain(`${two.redirectUri}?code=`);
    const { profile } = await two.sso.signIn.finish({ ...second, callbackUrl, redirectUri: two.redirectUri });
    expect(profile.email).toBe('ben@acme.example');
  });
});
