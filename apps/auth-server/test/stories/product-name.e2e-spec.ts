import { Gatehouse } from '../gatehouse';

const productName = 'Tideline & Söhne';
const escaped = 'Tideline &amp; Söhne';
let gatehouse: Gatehouse;
beforeAll(async () => {
  gatehouse = await Gatehouse.start({ productName });
});
afterAll(() => gatehouse.stop());

describe('the name of the deployment', () => {
  it.each([
    ['the login page', '/login'],
    ['a page in German', '/login/reset?lang=de'],
    ['a link that is not there', '/no-such-page'],
    ['an address that cannot be decoded', '/t/%E0%A4%A'],
    ['an error of the issuer', '/oidc/auth?client_id=nobody'],
    ['the end of the session at the issuer', '/oidc/session/end/success'],
  ])('stands above the page and in its title, and ours nowhere: %s [POR-2]', async (_what, path) => {
    const answer = await fetch(gatehouse.url + path, { headers: { accept: 'text/html' } });
    const text = await answer.text();
    expect(text).toMatch(new RegExp(`<title>[^<]+ · ${escaped}</title>`));
    expect(text).toMatch(new RegExp(`<p class="mark">\\s*<img [^>]*>\\s*${escaped}\\s*</p>`));
    expect(text).not.toMatch(/Gatehouse/);
  });
});
