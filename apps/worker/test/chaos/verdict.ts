import type { CaughtMail } from '@gatehouse/tools/mail-catcher';
import type { World } from './world';

/** What arrived, against what had to. */
export interface Verdict {
  readonly figures: Readonly<Record<string, number>>;
  /** Empty where nothing was lost and nothing done twice. */
  readonly violations: readonly string[];
}

interface Found {
  readonly dead: number;
  readonly lapsed: readonly string[];
  readonly requests: number;
}

const key = ({ headers }: CaughtMail) => headers['message-id'] ?? 'none';

/** By address: under how many keys, and how often in all. */
function arrivals(mails: readonly CaughtMail[]): Map<string, { keys: Set<string>; times: number }> {
  const found = new Map<string, { keys: Set<string>; times: number }>();
  for (const mail of mails)
    for (const to of mail.to) {
      const known = found.get(to) ?? { keys: new Set(), times: 0 };
      found.set(to, { keys: known.keys.add(key(mail)), times: known.times + 1 });
    }
  return found;
}

const keysOf = (found: ReturnType<typeof arrivals>, to: string) => found.get(to)?.keys.size ?? 0;

export function judge(world: World, mails: readonly CaughtMail[], found: Found): Verdict {
  const by = arrivals(mails);
  const members = world.organisations.flatMap((each) => each.members);
  const lost = members.filter((to) => keysOf(by, to) === 0);
  const twice = members.filter((to) => keysOf(by, to) > 1);
  const notices = world.holders.map(({ owner }) => keysOf(by, owner));
  const wanted = world.holders.map(({ connections }) => connections);
  const lapsedWrongly = found.lapsed.filter((name) => name !== world.goneDomain);
  const again = [...by.values()].reduce((sum, { keys, times }) => sum + times - keys.size, 0);
  const figures = {
    'members to be asked': members.length,
    'link mails, by key': members.reduce((sum, to) => sum + keysOf(by, to), 0),
    'link mails lost': lost.length,
    'members with two keys': twice.length,
    'mails that came again under their own key': again,
    'certificate notices wanted': wanted.reduce((sum, each) => sum + each, 0),
    'certificate notices, by key': notices.reduce((sum, each) => sum + each, 0),
    'domains with resolver faults': world.faultyDomains.length,
    'of these lapsed': lapsedWrongly.length,
    'dead letters': found.dead,
  };
  const violations = [
    ...(lost.length > 0 ? [`${lost.length} members got no link mail: ${lost.slice(0, 5).join(', ')}`] : []),
    ...(twice.length > 0
      ? [`${twice.length} members got link mails under two keys: ${twice.slice(0, 5).join(', ')}`]
      : []),
    ...(notices.some((each, index) => each !== wanted[index])
      ? [`Owners got ${notices.join(', ')} certificate notices instead of ${wanted.join(', ')}.`]
      : []),
    ...(lapsedWrongly.length > 0 ? [`Lapsed by faults: ${lapsedWrongly.join(', ')}`] : []),
    ...(found.lapsed.includes(world.goneDomain)
      ? []
      : ['The domain whose proof is gone did not lapse: this run shows nothing about domains.']),
    ...(found.dead > 0 ? [`${found.dead} tasks went to the dead letters.`] : []),
    ...(found.requests === members.length
      ? []
      : [`${found.requests} link requests stand for ${members.length} members.`]),
  ];
  return { figures, violations };
}
