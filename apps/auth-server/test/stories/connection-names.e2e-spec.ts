import { anIdp, ConnectionDesk } from '../connection-desk';
import { asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;
const idp = anIdp('shared-idp');
const earlier = 'https://earlier.example/saml';

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  application = await gatehouse.application();
}, 60_000);
afterAll(() => gatehouse?.stop());

let people = 0;
function somebody() {
  return person(`somebody${++people}@acme.example`);
}

async function ownSide(desk: ConnectionDesk) {
  return asRecord((await desk.did('GET'))['serviceProvider']);
}

describe('our own entity ID', () => {
  it('differs for each connection unless one is given, and is what requests and metadata say [CON-19] [CON-12]', async () => {
    const [one, two] = [
      await ConnectionDesk.open(gatehouse, acme, idp),
      await ConnectionDesk.open(gatehouse, acme, idp),
    ];
    const kept = await ConnectionDesk.enabled(gatehouse, acme, idp, { spEntityId: earlier });
    const names = await Promise.all(
      [one, two, kept].map(async (desk) => text((await ownSide(desk))['entityId'])),
    );
    expect(new Set(names).size).toBe(3);
    expect(names[2]).toBe(earlier);
    const metadata = await (await fetch(`${gatehouse.url}/saml/metadata/${kept.id}`)).text();
    expect(metadata).toContain(`entityID="${earlier}"`);
    const asked = await kept.begin(application);
    expect(asked.question.issuer).toBe(earlier);
    const page = await kept.answer(asked, somebody());
    expect(text(page.location)).toContain(application.redirectUri);
  });

  it('never changes afterwards: a change is refused and says what to do instead [CON-19]', async () => {
    const desk = await ConnectionDesk.open(gatehouse, acme, idp);
    const before = await ownSide(desk);
    const refused = await desk.call('PATCH', '', { label: 'New', spEntityId: earlier });
    expect(refused).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(text(refused.body['detail'])).toMatch(/spEntityId: is fixed .* spEntityIdAliases/);
    expect(await ownSide(desk)).toEqual(before);
    expect((await desk.did('GET'))['label']).toBe('Company sign-in');
  });
});

describe('an alias', () => {
  it('signs people in while it is there, and no longer [CON-19]', async () => {
    const desk = await ConnectionDesk.enabled(gatehouse, acme, idp);
    const byAlias = async () => {
      const page = await desk.answer(await desk.begin(application), somebody(), idp, { audience: earlier });
      return page.location?.startsWith(application.redirectUri) ? 'signed in' : page.text;
    };
    expect(await byAlias()).toContain('saml_audience_mismatch');
    await desk.did('PATCH', '', { spEntityIdAliases: [earlier, 'urn:older'] });
    expect(await byAlias()).toBe('signed in');
    await desk.did('PATCH', '', { label: 'Renamed' });
    expect(await byAlias()).toBe('signed in');
    await desk.did('PATCH', '', { spEntityIdAliases: ['urn:older'] });
    expect(await byAlias()).toContain('saml_audience_mismatch');
  });

  it.each([
    ['the name of another connection', (other: string) => [other]],
    ['a name with white space', () => ['urn:a b']],
    ['nothing', () => ['']],
    ['an endless name', () => ['x'.repeat(1025)]],
    ['twenty-one names', () => Array.from({ length: 21 }, (_, index) => `urn:${index}`)],
  ])('cannot be %s [CON-19]', async (_, aliases) => {
    const desk = await ConnectionDesk.open(gatehouse, acme, idp);
    const other = text((await ownSide(await ConnectionDesk.open(gatehouse, acme, idp)))['entityId']);
    const refused = await desk.call('PATCH', '', { spEntityIdAliases: aliases(other) });
    expect(refused).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect((await ownSide(desk))['audiences']).toHaveLength(1);
  });

  it('cannot be claimed from another connection when one is made [CON-19]', async () => {
    const other = text((await ownSide(await ConnectionDesk.open(gatehouse, acme, idp)))['entityId']);
    const refused = await gatehouse.api('POST', `${acme.path}/connections`, {
      label: 'X',
      spEntityId: other,
    });
    expect(refused).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });
});

describe('two connections to one identity provider', () => {
  it('stay apart: an answer for one is none for the other, in people and in names [CON-19] [CON-10]', async () => {
    const [sales, support] = [
      await ConnectionDesk.enabled(gatehouse, acme, idp, { spEntityId: 'urn:acme:sales' }),
      await ConnectionDesk.enabled(gatehouse, acme, idp, { spEntityId: 'urn:acme:support' }),
    ];
    const asked = await support.begin(application);
    const acsUrl = text((await ownSide(support))['acsUrl']);
    const forSales = idp.respond({ ...asked.question, issuer: 'urn:acme:sales', acsUrl }, somebody());
    const page = await asked.browser.post(acsUrl, { ...forSales.form }, idp.ssoUrl);
    expect(page.text).toContain('saml_audience_mismatch');
    const elsewhere = idp.respond(await question(sales), somebody());
    const moved = await asked.browser.post(acsUrl, { ...elsewhere.form }, idp.ssoUrl);
    expect(moved.status).toBe(403);
    const who = somebody();
    await expect(sales.signIn(application, who)).resolves.toMatchObject({
      session: { connection: sales.id },
    });
    const sameName = await support.answer(await support.begin(application), who);
    expect(sameName.url).toContain('/link/confirm/');
    expect(sameName.text).toContain(
      'There is an account with this address here, which is not connected yet.',
    );
  });

  async function question(desk: ConnectionDesk) {
    return (await desk.begin(application)).question;
  }
});
