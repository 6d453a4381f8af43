import type { CaughtMail } from '@gatehouse/tools/mail-catcher';
import { judge } from './verdict';
import type { World } from './world';

const world: World = {
  organisations: [
    { tenantId: 'ten_1', connectionId: 'conn_1', members: ['ada@acme.example', 'bob@acme.example'] },
  ],
  holders: [{ owner: 'owner@acme.example', connections: 2 }],
  faultyDomains: ['faulty.example'],
  goneDomain: 'gone.example',
};

let count = 0;
function aMail(to: string, key = `<${++count}@x>`): CaughtMail {
  const words = { from: 'a@b.example', subject: '', text: '', html: null };
  return { id: 1, at: '', to: [to], ...words, headers: { 'message-id': key } };
}

const all = () => [
  ...world.organisations.flatMap(({ members }) => members.map((to) => aMail(to))),
  ...[aMail('owner@acme.example'), aMail('owner@acme.example')],
];
const found = { dead: 0, lapsed: ['gone.example'], requests: 2 };

describe('the verdict on a fleet that was killed', () => {
  it('finds nothing where everything came once, and counts what came again under its key', () => {
    const [first, ...rest] = all();
    const again = first ? [first, first, ...rest] : [];
    const { violations, figures } = judge(world, again, found);
    expect(violations).toEqual([]);
    expect(figures).toMatchObject({ 'mails that came again under their own key': 1, 'link mails lost': 0 });
  });

  it.each([
    ['a letter that was lost', all().slice(1), found, '1 members got no link mail: ada@acme.example'],
    ['a second key', [...all(), aMail('bob@acme.example')], found, 'under two keys: bob@acme.example'],
    ['a notice too few', all().slice(0, -1), found, 'Owners got 1 certificate notices instead of 2'],
    ['a notice too many', [...all(), aMail('owner@acme.example')], found, 'got 3 certificate notices'],
    ['a domain', all(), { ...found, lapsed: ['faulty.example', 'gone.example'] }, 'Lapsed by faults: faulty'],
    ['no lapse at all', all(), { ...found, lapsed: [] }, 'this run shows nothing about domains'],
    ['a dead letter', all(), { ...found, dead: 1 }, '1 tasks went to the dead letters'],
    ['a request too many', all(), { ...found, requests: 3 }, '3 link requests stand for 2 members'],
  ])('finds %s', (_what, mails, seen, said) => {
    expect(judge(world, mails, seen).violations).toEqual([expect.stringContaining(said)]);
  });
});
