import { Gatehouse, asRecord, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  application = await gatehouse.application();
}, 60_000);

afterAll(() => gatehouse?.stop());

async function ask() {
  const { sso, redirectUri } = application;
  const { url, sealedState } = await sso.signIn.start({ redirectUri, tenant: 'acme' });
  return { sealedState, redirectUri, asked: await acme.arriveAtIdp(url) };
}

async function ownAddresses() {
  const connection = await gatehouse.did('GET', `${acme.path}/connections/${acme.connection}`);
  const { acsUrl, acsUrlByQuery } = asRecord(connection['serviceProvider']);
  return { byPath: text(acsUrl), byQuery: text(acsUrlByQuery) };
}

describe('the address that a connection has at us', () => {
  it('names the connection in its path and as ?connection=ID, as the API shows [CON-4]', async () => {
    const { byPath, byQuery } = await ownAddresses();
    expect(byPath).toBe(`${gatehouse.url}/saml/acs/${acme.connection}`);
    expect(byQuery).toBe(`${gatehouse.url}/saml/acs?connection=${acme.connection}`);
  });

  it.each(['byPath', 'byQuery'] as const)('signs people in by either form (%s) [CON-4]', async (form) => {
    const { [form]: address } = await ownAddresses();
    const { sealedState, redirectUri, asked } = await ask();
    const changes = { destination: address, recipient: address };
    const answer = acme.respond(asked, person(`${form}@acme.example`), changes);
    const page = await asked.browser.post(address, { ...answer.form }, acme.idp.ssoUrl);
    const callbackUrl = text(page.location);
    const finished = await application.sso.signIn.finish({ callbackUrl, sealedState, redirectUri });
    expect(finished.profile.email).toBe(`${form}@acme.example`);
  });

  it.each([
    ['no ID', 'acs'],
    ['an empty ID', 'acs?connection='],
    ['two IDs', 'acs?connection=conn_1&connection=conn_2'],
    ['an ID that is cut short', 'acs/conn_1'],
    ['an ID of something else', 'acs/ten_01h455vb4pex5vsknk084sn02q'],
    ['an ID of no connection', 'acs/conn_01h455vb4pex5vsknk084sn02q'],
    ['markup', `acs/${encodeURIComponent('<script>alert(1)</script>')}`],
  ])('that has %s leads to a clear page, and nothing is written [CON-4]', async (_what, path) => {
    const before = await gatehouse.count('acme');
    const { asked } = await ask();
    const { form } = acme.respond(asked, person('ben@acme.example'));
    const page = await asked.browser.post(`${gatehouse.url}/saml/${path}`, { ...form }, acme.idp.ssoUrl);
    expect(page.status).toBe(404);
    expect(page.text).toContain('connection_unknown');
    expect(page.text).toContain('Copy the ACS URL again');
    expect(page.text).not.toContain('<script>');
    expect(await gatehouse.count('acme')).toEqual(before);
  });
});
