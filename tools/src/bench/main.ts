import { Agent } from 'node:http';
import { setUpCompany } from './company';
import { readBenchSettings, type BenchSettings } from './config';
import { openJacksonSession, setUpJackson, signInAtJackson } from './jackson';
import type { Journey } from './journey';
import { Load, type Round } from './load';
import { memoryMb } from './process-usage';
import { report } from './report';
import { openSession, signIn } from './sign-in';

const ALONE_SECONDS = 5;

/** The load generator: sets companies up, signs their people in, prints the tables. Started by tools/bench/bench.mjs. */
async function main(): Promise<void> {
  const settings = readBenchSettings();
  console.error('Setting up tenants, connections and applications …');
  const [ours, ...others] = [...(await ourJourneys(settings)), ...(await jacksonJourneys(settings))];
  if (!ours) throw new Error('There is nothing to measure');
  const rounds = await measure(ours, settings);
  const memory = memoryMb(settings.SERVER_PID);
  const alone = await aloneOn(ours, settings);
  const compared = [{ journey: ours, rounds }];
  for (const journey of others) compared.push({ journey, rounds: await measure(journey, settings) });
  console.log(report(settings, { rounds, alone, memory, compared }));
}

async function ourJourneys(settings: BenchSettings): Promise<Journey[]> {
  const company = await setUpCompany(settings);
  const toSession = async (person: string, agent: Agent) => (await openSession(company, person, agent)).watch;
  const serverPid = settings.SERVER_PID;
  return [
    { name: 'Gatehouse, full sign-in', serverPid, run: (person, agent) => signIn(company, person, agent) },
    { name: 'Gatehouse, up to the open session', serverPid, run: toSession },
  ];
}

async function jacksonJourneys({ JACKSON_URL, JACKSON_PID }: BenchSettings): Promise<Journey[]> {
  if (JACKSON_URL === undefined || JACKSON_PID === undefined) return [];
  const company = await setUpJackson(JACKSON_URL, new Agent());
  const toSession = async (person: string, agent: Agent) =>
    (await openJacksonSession(company, person, agent)).watch;
  const serverPid = JACKSON_PID;
  return [
    {
      name: 'saml-jackson, full sign-in',
      serverPid,
      run: (person, agent) => signInAtJackson(company, person, agent),
    },
    { name: 'saml-jackson, up to the open session', serverPid, run: toSession },
  ];
}

function measure(journey: Journey, settings: BenchSettings): Promise<Round[]> {
  const { BENCH_CLIENTS, BENCH_WARM_UP_SECONDS, BENCH_ROUND_SECONDS, BENCH_ROUNDS } = settings;
  console.error(`${journey.name} …`);
  const lengths = Array.from({ length: BENCH_ROUNDS }, () => BENCH_ROUND_SECONDS);
  return new Load(journey, settings.POSTGRES_PID).run(BENCH_CLIENTS, BENCH_WARM_UP_SECONDS, lengths);
}

async function aloneOn(journey: Journey, settings: BenchSettings): Promise<Round> {
  const [alone] = await new Load(journey, settings.POSTGRES_PID).run(1, 1, [ALONE_SECONDS]);
  if (!alone) throw new Error('The round of one person alone gave no result');
  return alone;
}

main().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : String(cause));
  // Others may be signing in still: one failure ends them all.
  process.exit(1);
});
