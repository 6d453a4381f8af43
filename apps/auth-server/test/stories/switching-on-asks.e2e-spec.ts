import { setTimeout as pause } from 'node:timers/promises';
import { startMailCatcher, type MailCatcher } from '@gatehouse/tools/mail-catcher';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';
import { startWorker, type WorkerProcess } from '../worker-process';

let gatehouse: Gatehouse;
let acme: Organisation;
let catcher: MailCatcher;
let worker: WorkerProcess;
const [ana, lab] = ['ana@acme.example', 'lab@acme-labs.example'];

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  catcher = await startMailCatcher();
  acme = new Organisation(gatehouse, 'acme');
  await acme.register();
  await acme.verifyDomain();
  await acme.connect();
  await acme.test(person(acme.owner));
  for (const email of [ana, lab])
    await gatehouse.did('POST', `${acme.path}/members`, { email, role: 'member' });
  worker = startWorker(gatehouse, [], catcher.smtpUrl);
}, 120_000);

afterAll(async () => {
  await worker?.stop();
  await catcher?.close();
  await gatehouse?.stop();
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; !(await condition()); await pause(100))
    if (Date.now() > deadline) throw new Error('It did not come about in time.');
}

/** Who was written to, in alphabetical order. */
const people = () =>
  catcher
    .mails()
    .flatMap(({ to }) => to)
    .toSorted();

async function standing(email: string): Promise<unknown> {
  const { items } = await gatehouse.did('GET', `${acme.path}/linking/members?limit=200`);
  return asArray(items)
    .map(asRecord)
    .find((each) => each['email'] === email)?.['standing'];
}

// In the order of a first day: each builds on the one before.
describe('the workers, once single sign-on is switched on', () => {
  it('ask the members by mail, and the board shows that the letters went out [LNK-2] [LNK-4] [WRK-1] [WRK-3]', async () => {
    await gatehouse.did('POST', `${acme.path}/connections/${acme.connection}/enable`);
    await until(() => people().length > 0);
    await until(async () => (await standing(ana)) === 'sent');
    expect(people()).toEqual([ana]);
  }, 90_000);

  it('ask those of a domain that is proved later, and nobody twice [LNK-2] [WRK-2]', async () => {
    const claim = await gatehouse.did('POST', `${acme.path}/domains`, { name: 'acme-labs.example' });
    const proof = asRecord(claim['proof']);
    gatehouse.dns.set(text(proof['name']), 'TXT', [text(proof['value'])]);
    await gatehouse.did('POST', `${acme.path}/domains/${text(claim['id'])}/verify`);
    await until(async () => (await standing(lab)) === 'sent');
    await until(async () => asArray((await gatehouse.did('GET', 'tasks'))['items']).length === 0);
    expect(people()).toEqual([ana, lab]);
  }, 90_000);
});
