import { HttpBrowser } from '@gatehouse/tools/http-browser';
import { SamlIdp, type ResponseChanges } from '@gatehouse/tools/saml-idp';
import { anIdp, ConnectionDesk } from '../connection-desk';
import { Gatehouse, text } from '../gatehouse';
import { Organisation, person, type Asked } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;
let desk: ConnectionDesk;
const [serving, pending, third] = [anIdp('idp-serving'), anIdp('idp-pending'), anIdp('idp-third')];
/** The serving identity provider with a new key: same issuer, same addresses. */
const rolledOver = new SamlIdp({
  entityId: serving.entityId,
  ssoUrl: serving.ssoUrl,
  key: anIdp('rolled-over').key,
});

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  application = await gatehouse.application();
}, 60_000);
afterAll(() => gatehouse?.stop());

/** An enabled connection whose version 2, another identity provider, waits for its test. */
async function withPending(idp = pending, more: object = {}): Promise<void> {
  desk = await ConnectionDesk.enabled(gatehouse, acme, serving, more);
  await desk.did('PATCH', '', { metadataXml: idp.metadata() });
}

function owner() {
  return person(acme.owner);
}

let people = 0;
function somebody() {
  return person(`somebody${++people}@acme.example`);
}

/** What the answer to `asked` did: everything that a sign-in may write. */
async function effect(work: () => Promise<{ status: number; text: string }>) {
  const before = await gatehouse.count('acme');
  const { status, text: shown } = await work();
  const after = await gatehouse.count('acme');
  return { status, shown, wrote: JSON.stringify(before) !== JSON.stringify(after) };
}

const refused = { status: expect.any(Number), wrote: false };

function versionTwo() {
  return desk.did('GET', '/versions/2');
}

describe('the identity provider of a pending version', () => {
  beforeEach(() => withPending());

  it('signs nobody in, though its test passes [CON-16]', async () => {
    const { status, shown, wrote } = await effect(async () => desk.test(pending, owner()));
    expect({ status, wrote }).toEqual({ status: 200, wrote: false });
    expect(shown).toContain('Version 2 can be promoted now');
    await expect(versionTwo()).resolves.toMatchObject({ tested: true });
  });

  it('cannot answer a sign-in that is under way [CON-16]', async () => {
    const asked = await desk.begin(application);
    const outcome = await effect(async () => desk.answer(asked, person('eve@acme.example'), pending));
    expect(outcome).toMatchObject(refused);
    expect(outcome.shown).toContain('saml_signature_invalid');
    // The person's own answer still counts: nothing was used up.
    const page = await desk.answer(asked, somebody());
    expect(text(page.location)).toContain(application.redirectUri);
  });

  it.each([
    [
      'a sign-in of somebody else',
      (asked: Asked): ResponseChanges => ({ inResponseTo: asked.question.id ?? '' }),
    ],
    ['nobody (begun at the identity provider)', (): ResponseChanges => ({ inResponseTo: null })],
  ])(
    'cannot borrow a running test to answer %s: what chose the configuration is not what was signed [CON-16]',
    async (_, assertionSays) => {
      await desk.did('PATCH', '', { settings: { idpInitiated: 'accept' } });
      const test = await desk.startTest();
      const asked = await desk.begin(application);
      const claimTest = (xml: string) => {
        const bare = xml.replace(/(<\w*:?Response\b[^>]*?)\sInResponseTo="[^"]*"/, '$1');
        return bare.replace(/(<\w*:?Response\b)/, `$1 InResponseTo="${test.question.id}"`);
      };
      const outcome = await effect(async () =>
        desk.answer(asked, person('eve@acme.example'), pending, { ...assertionSays(asked), xml: claimTest }),
      );
      expect(outcome).toMatchObject(refused);
      expect(outcome.status).toBeGreaterThanOrEqual(400);
      const page = await desk.answer(asked, somebody());
      expect(text(page.location)).toContain(application.redirectUri);
    },
  );

  it('is not tested by the answer of the one that serves, and the version says why [CON-16] [CON-17]', async () => {
    const outcome = await effect(async () => desk.test(serving, owner()));
    expect(outcome).toMatchObject(refused);
    await expect(versionTwo()).resolves.toMatchObject({
      tested: false,
      lastTest: { outcome: 'saml_signature_invalid' },
    });
  });

  it('keeps a passed test when a later one fails, and says so too [CON-16]', async () => {
    await desk.test(pending, owner());
    const anHourAgo = new Date(Date.now() - 3_600_000);
    await desk.answer(await desk.startTest(), owner(), pending, {
      notOnOrAfter: anHourAgo,
      confirmationNotOnOrAfter: anHourAgo,
    });
    await expect(versionTwo()).resolves.toMatchObject({
      tested: true,
      lastTest: { outcome: 'saml_expired' },
    });
  });
});

describe('a test whose version is gone when the answer comes', () => {
  it.each([
    ['discarded', async () => desk.did('POST', '/versions/2/discard')],
    ['replaced', async () => desk.did('PATCH', '', { metadataXml: third.metadata() })],
    [
      'promoted',
      async () => {
        await desk.test(pending, owner());
        await desk.did('POST', '/versions/2/promote');
      },
    ],
  ])('because it was %s: is refused and counts for nothing [CON-16] [CON-17]', async (_, change) => {
    await withPending();
    const asked = await desk.startTest();
    await change();
    const before = await desk.did('GET', '/versions/2');
    const outcome = await effect(async () => desk.answer(asked, owner(), pending));
    expect(outcome).toMatchObject({ ...refused, status: 409 });
    expect(outcome.shown).toContain('test_outdated');
    await expect(desk.did('GET', '/versions/2')).resolves.toEqual(before);
  });

  it('is no test of what serves, where the same identity provider answers [CON-16] [CON-17]', async () => {
    await withPending(rolledOver);
    const asked = await desk.startTest();
    await desk.did('POST', '/versions/2/discard');
    const tested = await desk.did('GET', '/versions/1');
    const outcome = await effect(async () => desk.answer(asked, owner(), serving));
    expect(outcome).toMatchObject({ ...refused, status: 409 });
    expect(outcome.shown).toContain('test_outdated');
    await expect(desk.did('GET', '/versions/1')).resolves.toEqual(tested);
  });

  it('does not even begin by an address that was made before [CON-16]', async () => {
    await withPending();
    const { startUrl, version } = await desk.did('POST', '/tests');
    expect(version).toBe(2);
    await desk.did('PATCH', '', { metadataXml: third.metadata() });
    const page = await new HttpBrowser().get(text(startUrl));
    expect(page.status).toBe(409);
    expect(page.text).toContain('test_outdated');
  });
});

describe('which version a test tries', () => {
  beforeEach(() => withPending());

  it('is the pending one, or by its number the one that serves [CON-16]', async () => {
    expect(await atIdp('')).toContain(pending.ssoUrl);
    expect(await atIdp('?version=2')).toContain(pending.ssoUrl);
    expect(await atIdp('?version=1')).toContain(serving.ssoUrl);
    const other = await desk.call('POST', '/tests?version=3');
    expect(other).toMatchObject({ status: 409, body: { code: 'test_outdated' } });
  });

  it('takes a test of what serves for that and not for the pending one [CON-16] [CON-17]', async () => {
    const page = await desk.answer(await desk.startTest('?version=1'), owner(), serving);
    expect(page.text).toContain('The test passed');
    await expect(versionTwo()).resolves.toMatchObject({ tested: false });
  });

  it('is a matter of its own tenant [SEC-3]', async () => {
    const other = await Organisation.setUp(gatehouse, 'other');
    for (const [method, rest] of [
      ['GET', 'versions'],
      ['GET', 'versions/1'],
      ['POST', 'tests'],
      ['POST', 'versions/2/promote'],
      ['POST', 'versions/2/discard'],
      ['POST', 'roll-back'],
      ['POST', 'make-primary'],
      ['POST', 'restore'],
      ['DELETE', ''],
    ] as const) {
      const answer = await gatehouse.api(method, `${other.path}/connections/${desk.id}/${rest}`);
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
  });

  async function atIdp(query: string): Promise<string> {
    const { startUrl } = await desk.did('POST', `/tests${query}`);
    const browser = new HttpBrowser({ follow: (next) => next.startsWith(gatehouse.url) });
    return text((await browser.get(text(startUrl))).location);
  }
});
