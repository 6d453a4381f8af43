import { anIdp, ConnectionDesk } from '../connection-desk';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;
let desk: ConnectionDesk;
const [idpA, idpB, idpC] = [anIdp('idp-a'), anIdp('idp-b'), anIdp('idp-c')];

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  application = await gatehouse.application();
}, 60_000);
beforeEach(async () => {
  desk = await ConnectionDesk.enabled(gatehouse, acme, idpA);
});
afterAll(() => gatehouse?.stop());

let people = 0;
function somebody() {
  return person(`somebody${++people}@acme.example`);
}

/** Version 2 of the connection waits: another identity provider altogether. */
function propose(idp = idpB) {
  return desk.did('PATCH', '', { metadataXml: idp.metadata() });
}

async function versions() {
  return asArray((await desk.did('GET', '/versions'))['items']).map(asRecord);
}

async function states() {
  return (await versions()).map(({ number, state }) => `${text(String(number))} ${text(state)}`);
}

async function signsIn(idp = idpA): Promise<boolean> {
  const page = await desk.answer(await desk.begin(application), somebody(), idp);
  return page.location?.startsWith(application.redirectUri) === true;
}

describe('a trust edit of an enabled connection', () => {
  it('waits as a pending version while the one before serves everybody [CON-16] [CON-8]', async () => {
    const begunBefore = await desk.begin(application);
    const edited = await propose();
    expect(edited).toMatchObject({ state: 'enabled', version: 1, pendingVersion: 2 });
    expect(asRecord(edited['idp'])['entityId']).toBe(idpA.entityId);
    const page = await desk.answer(begunBefore, somebody());
    expect(text(page.location)).toContain(application.redirectUri);
    await expect(signsIn(idpA)).resolves.toBe(true);
    await expect(signsIn(idpB)).resolves.toBe(false);
  });

  it('lets all other settings of the same call apply at once [CON-16]', async () => {
    const settings = { clockSkewSeconds: 42, signaturePolicy: 'assertion' };
    const edited = await desk.did('PATCH', '', { label: 'Renamed', settings });
    expect(edited).toMatchObject({ label: 'Renamed', pendingVersion: 2 });
    expect(edited['settings']).toMatchObject({ clockSkewSeconds: 42, signaturePolicy: 'either' });
    expect((await versions())[0]?.['difference']).toEqual([
      { field: 'settings.signaturePolicy', before: 'either', after: 'assertion' },
    ]);
  });

  it('is kept with its author, time, difference and test [CON-16]', async () => {
    await propose();
    await desk.test(idpB);
    const [second, first] = await versions();
    expect(first).toMatchObject({ number: 1, state: 'serving', tested: true, author: { kind: 'operator' } });
    expect(second).toMatchObject({
      number: 2,
      state: 'pending',
      tested: true,
      author: { kind: 'operator', address: '127.0.0.1' },
      lastTest: { outcome: 'passed', email: acme.owner },
    });
    expect(Math.abs(Date.parse(text(second?.['createdAt'])) - Date.now())).toBeLessThan(60_000);
    const difference = asArray(second?.['difference']).map(asRecord);
    expect(difference).toContainEqual({
      field: 'idp.entityId',
      before: idpA.entityId,
      after: idpB.entityId,
    });
    const certificates = difference.find(({ field }) => field === 'idp.certificates');
    expect(certificates?.['after']).toEqual([expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)]);
  });

  it('is replaced by the next, which begins from it; the replaced one is kept as discarded [CON-16]', async () => {
    await propose();
    await desk.did('PATCH', '', { settings: { signaturePolicy: 'both' } });
    await expect(states()).resolves.toEqual(['3 pending', '2 discarded', '1 serving']);
    const configuration = asRecord((await versions())[0]?.['configuration']);
    expect(configuration).toMatchObject({
      idp: { entityId: idpB.entityId },
      settings: { signaturePolicy: 'both' },
    });
  });

  it('that leads back to what serves leaves nothing to wait for [CON-16]', async () => {
    await propose();
    const back = await propose(idpA);
    expect(back['pendingVersion']).toBeUndefined();
    await expect(states()).resolves.toEqual(['2 discarded', '1 serving']);
  });
});

it('A trust edit is in the audit log with all that it changes, and who asked [CON-16] [AUD-1]', async () => {
  await propose();
  const entry = (await gatehouse.audit('acme')).find(
    ({ type, subject }) => type === 'connection.version_proposed' && subject === desk.id,
  );
  expect(entry).toMatchObject({ actor: { kind: 'operator' }, after: { version: 1, pendingVersion: 2 } });
  const [version] = asArray(asRecord(entry?.['data'])['versions']).map(asRecord);
  expect(version).toMatchObject({ number: 2, state: 'pending' });
  expect(version?.['difference']).toEqual((await versions())[0]?.['difference']);
});

describe('promoting', () => {
  it('wants a passed test of exactly this version [CON-17] [CON-16]', async () => {
    await propose();
    const untested = await desk.call('POST', '/versions/2/promote');
    expect(untested).toMatchObject({ status: 409, body: { code: 'connection_not_tested' } });
    await desk.test(idpB);
    await desk.did('PATCH', '', { settings: { signaturePolicy: 'assertion' } });
    const changed = await desk.call('POST', '/versions/3/promote');
    expect(changed).toMatchObject({ status: 409, body: { code: 'connection_not_tested' } });
    const replaced = await desk.call('POST', '/versions/2/promote');
    expect(replaced).toMatchObject({ status: 409, body: { code: 'version_not_pending' } });
    await desk.test(idpB);
    const promoted = await desk.did('POST', '/versions/3/promote');
    expect(promoted).toMatchObject({ state: 'enabled', version: 3, test: { email: acme.owner } });
    await expect(signsIn(idpB)).resolves.toBe(true);
    await expect(signsIn(idpA)).resolves.toBe(false);
    await expect(states()).resolves.toEqual(['3 serving', '2 discarded', '1 retired']);
  });

  it('happens once, however many ask at the same time, with one audit row [CON-16]', async () => {
    await propose();
    await desk.test(idpB);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => desk.call('POST', '/versions/2/promote')),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { body } of answers.filter(({ status }) => status !== 200))
      expect(['conflict', 'version_not_pending']).toContain(body['code']);
    const promoted = (await gatehouse.audit('acme')).filter(
      ({ type, subject }) => type === 'connection.version_promoted' && subject === desk.id,
    );
    expect(promoted).toHaveLength(1);
    expect(promoted[0]?.['data']).toMatchObject({
      versions: [
        { number: 1, state: 'retired' },
        { number: 2, state: 'serving' },
      ],
    });
  });

  it.each(['0', '-1', '1.5', 'two', '99999999999', '%00'])(
    'refuses the version %p with a code and no server error',
    async (number) => {
      const answer = await desk.call('POST', `/versions/${number}/promote`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    },
  );
});

describe('rolling back', () => {
  async function promote(idp: typeof idpA) {
    const { pendingVersion } = await propose(idp);
    await desk.test(idp);
    await desk.did('POST', `/versions/${String(pendingVersion)}/promote`);
  }

  it('returns in one call to the version that served before, whose own test counts [CON-16] [CON-17]', async () => {
    await promote(idpB);
    const rolledBack = await desk.did('POST', '/roll-back');
    expect(rolledBack).toMatchObject({ state: 'enabled', version: 1, test: { email: acme.owner } });
    await expect(signsIn(idpA)).resolves.toBe(true);
    await expect(signsIn(idpB)).resolves.toBe(false);
  });

  it('twice goes further back, never forward to what was just left [CON-16]', async () => {
    await promote(idpB);
    await promote(idpC);
    await expect(desk.did('POST', '/roll-back')).resolves.toMatchObject({ version: 2 });
    await expect(desk.did('POST', '/roll-back')).resolves.toMatchObject({ version: 1 });
    const again = await desk.call('POST', '/roll-back');
    expect(again).toMatchObject({ status: 409, body: { code: 'version_not_restorable' } });
    await expect(states()).resolves.toEqual(['3 discarded', '2 discarded', '1 serving']);
    await expect(desk.did('POST', '/roll-back', { to: 3 })).resolves.toMatchObject({ version: 3 });
  });

  it('never reaches a version that did not serve people [CON-16] [CON-17]', async () => {
    await propose();
    await desk.test(idpB);
    await desk.did('POST', '/versions/2/discard');
    for (const to of [2, 7, undefined]) {
      const answer = await desk.call('POST', '/roll-back', { to });
      expect(answer).toMatchObject({ status: 409, body: { code: 'version_not_restorable' } });
    }
  });

  it('keeps what is pending, to be tested and promoted later [CON-16]', async () => {
    await promote(idpB);
    await propose(idpC);
    const rolledBack = await desk.did('POST', '/roll-back');
    expect(rolledBack).toMatchObject({ version: 1, pendingVersion: 3 });
  });
});

describe('a connection that is off', () => {
  it('takes a trust edit at once, and asks for a new test before it can be enabled [CON-8] [CON-17]', async () => {
    await desk.did('POST', '/disable');
    const edited = await propose();
    expect(edited).toMatchObject({ state: 'configured', version: 2 });
    expect(edited['pendingVersion']).toBeUndefined();
    const refused = await desk.call('POST', '/enable');
    expect(refused).toMatchObject({ status: 409, body: { code: 'connection_not_tested' } });
    await desk.test(idpB);
    await expect(desk.did('POST', '/enable')).resolves.toMatchObject({ state: 'enabled' });
  });

  it('lets nobody be tested but an owner or admin, and says so in the version [CON-8] [CON-16]', async () => {
    const draft = await ConnectionDesk.open(gatehouse, acme, idpA);
    const page = await draft.test(idpA, somebody());
    expect(page.text).toContain('test_person_not_admin');
    const version = await draft.did('GET', '/versions/1');
    expect(version).toMatchObject({ tested: false, lastTest: { outcome: 'test_person_not_admin' } });
    const refused = await draft.call('POST', '/enable');
    expect(refused).toMatchObject({ status: 409, body: { code: 'connection_not_tested' } });
  });
});

describe('two admins at once', () => {
  it('never lose an edit: one is told of the conflict [CON-16]', async () => {
    const labels = ['one', 'two', 'three', 'four', 'five'];
    const answers = await Promise.all(
      labels.map((label, index) =>
        desk.call('PATCH', '', { label, settings: { attributes: mapping(`mail${index}`) } }),
      ),
    );
    const done = answers.filter(({ status }) => status === 200);
    expect(
      answers.filter(({ status }) => status === 409).every(({ body }) => body['code'] === 'conflict'),
    ).toBe(true);
    expect((await versions()).length).toBe(1 + done.length);
    expect(done.map(({ body }) => body['label'])).toContain((await desk.did('GET'))['label']);
  });

  it('who saw an older revision is refused, whatever the time between [CON-16]', async () => {
    const { revision } = await desk.did('GET');
    await desk.did('PATCH', '', { label: 'First', revision });
    const late = await desk.call('PATCH', '', { label: 'Second', revision });
    expect(late).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect((await desk.did('GET'))['label']).toBe('First');
  });
});

function mapping(email: string) {
  return { email: [email], firstName: [], lastName: [], displayName: [], groups: [] };
}
