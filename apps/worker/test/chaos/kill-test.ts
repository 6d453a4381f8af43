import { setTimeout as pause } from 'node:timers/promises';
import { ChosenChance } from './chosen-chance';
import { Disturber, disturbResolvers } from './disturb';
import { openPlace, operatorKey, type Place } from './place';
import { judge, type Verdict } from './verdict';
import { makeWorld, type Organisation, type World, type WorldSize } from './world';

export interface KillTest extends WorldSize {
  readonly seed: number;
  readonly onRedis: boolean;
  readonly workers: number;
  readonly servers: number;
  /** Between two disturbances, at least and at most. */
  readonly restMs: readonly [number, number];
  /** Between the arrival of a mail and the word that it was taken, at most. */
  readonly hesitationMs: number;
  /** When it is over, whatever is left. */
  readonly longestMs: number;
  readonly tell: (line: string) => void;
}

/** Kills, stalls and restarts everything while letters are sent, certificates and domains looked at; then counts. */
export async function runKillTest(test: KillTest): Promise<Verdict> {
  const chance = new ChosenChance(test.seed);
  const slow = new ChosenChance(test.seed + 1);
  const hesitate = () => pause(slow.between(0, test.hesitationMs));
  const place = await openPlace({ ...test, hesitate });
  try {
    const world = await makeWorld(place.database.app, place.dns, test);
    for (const each of [...place.workers, ...place.servers]) each.start();
    for (const each of [...place.workers, ...place.servers]) await each.whenReady();
    return await disturbed(place, world, test, chance);
  } finally {
    await place.close();
  }
}

async function disturbed(place: Place, world: World, test: KillTest, chance: ChosenChance): Promise<Verdict> {
  const started = performance.now();
  const isLate = () => performance.now() - started > test.longestMs;
  await place.observer.bringToTheBrink([...world.faultyDomains, world.goneDomain]);
  const disturber = new Disturber(place, chance, (what) =>
    test.tell(`${what}; ${place.mails.mails().length} mails so far`),
  );
  const slowly = new ChosenChance(test.seed + 2);
  let isDone = false;
  const disturbing = disturber.run(() => isDone || isLate(), test.restMs);
  const days = passDays(place, world, chance, () => isDone || isLate());
  await switchOnAll(place, world.organisations, () => pause(slowly.between(...test.restMs)));
  const done = await until(async () => (await isQuiet(place)) && wasBegun(place, world), isLate);
  isDone = true;
  const [, passed] = await Promise.all([disturbing, days]);
  // What was disturbed last may have been in the middle of something.
  const quiet = done && (await until(() => isQuiet(place), isLate));
  const verdict = judge(world, place.mails.mails(), await found(place));
  const figures = {
    ...Object.fromEntries(disturber.done),
    'days passed': passed,
    ...verdict.figures,
    seconds: Math.round((performance.now() - started) / 1000),
  };
  const late = quiet ? [] : [`It was not done after ${test.longestMs / 1000} s.`];
  return { figures, violations: [...late, ...verdict.violations] };
}

async function found({ observer }: Place) {
  const [{ dead }, lapsed, requests] = [
    await observer.backlog(),
    await observer.lapsed(),
    await observer.requests(),
  ];
  return { dead, lapsed, requests };
}

async function isQuiet({ observer }: Place): Promise<boolean> {
  const { events, tasks } = await observer.backlog();
  return events === 0 && tasks === 0;
}

/** Quiet is it before anything happened, too. */
async function wasBegun({ observer }: Place, world: World): Promise<boolean> {
  const members = world.organisations.reduce((sum, each) => sum + each.members.length, 0);
  const notices = world.holders.reduce((sum, each) => sum + each.connections, 0);
  if ((await observer.requests()) < members || (await observer.notices()) < notices) return false;
  return (await observer.lapsed()).includes(world.goneDomain);
}

/** Until nothing more is to be found by looking again; answers how often it was looked. */
async function passDays(
  place: Place,
  world: World,
  chance: ChosenChance,
  isOver: () => boolean,
): Promise<number> {
  let days = 0;
  for (; !isOver(); days++) {
    disturbResolvers(place, world, chance);
    await place.observer.nextDay();
    await pause(1_500);
  }
  return days;
}

/** One after the other, by whichever server answers, and again where it was killed before it did. */
async function switchOnAll(
  place: Place,
  organisations: readonly Organisation[],
  rest: () => Promise<unknown>,
): Promise<void> {
  for (const organisation of organisations) {
    await rest();
    for (let attempt = 0; !(await isSwitchedOn(place, organisation, attempt)); attempt++) await pause(200);
  }
}

async function isSwitchedOn(
  { serverUrls }: Place,
  { tenantId, connectionId }: Organisation,
  attempt: number,
): Promise<boolean> {
  const url = `${serverUrls[attempt % serverUrls.length]}/api/v1/tenants/${tenantId}/connections/${connectionId}/enable`;
  const headers = { authorization: `Bearer ${operatorKey}` };
  const signal = AbortSignal.timeout(5_000);
  const answer = await fetch(url, { method: 'POST', headers, signal }).catch(() => undefined);
  if (answer === undefined || answer.status >= 500) return false;
  if (answer.ok) return true;
  throw new Error(`Switching a connection on was answered by ${answer.status}: ${await answer.text()}`);
}

async function until(condition: () => Promise<boolean>, isLate: () => boolean): Promise<boolean> {
  for (; !(await condition()); await pause(250)) if (isLate()) return false;
  return true;
}
