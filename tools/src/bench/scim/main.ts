import { ManagementApi } from '../../demo/management-api';
import { RowCopier } from './copy-rows';
import type { BenchDirectory, Contender } from './directory';
import { GatehouseContender } from './gatehouse-contender';
import { JacksonContender } from './jackson-contender';
import { OperationRun, type ScimRound } from './measure-operation';
import { operations, type Operation } from './operations';
import { scimReport, type Measurement } from './scim-report';
import { readScimSettings, type ScimSettings } from './scim-settings';

/** The load generator of `npm run bench:scim`: fills directories, asks, prints the tables. Started by tools/bench/scim.mjs. */
async function main(): Promise<void> {
  const settings = readScimSettings();
  const rows = await RowCopier.connect(settings.SUPERUSER_URL);
  const contenders = enter(settings, rows);
  const measurements: Measurement[] = [];
  for (const size of settings.BENCH_SIZES) {
    console.error(`Filling directories with ${size} people …`);
    const places = [];
    for (const contender of contenders) places.push({ contender, directory: await contender.fill(size) });
    for (const operation of operations) {
      console.error(`${size} people: ${operation.name} …`);
      measurements.push(...(await measure(operation, places, settings)));
    }
  }
  await rows.end();
  console.log(scimReport(settings, measurements));
}

function enter(settings: ScimSettings, rows: RowCopier): Contender[] {
  const api = new ManagementApi(settings.GATEHOUSE_URL, settings.OPERATOR_KEY);
  const { DNS_PORT, SERVER_PID, JACKSON_URL, JACKSON_PID } = settings;
  const ours = new GatehouseContender(api, DNS_PORT, rows, SERVER_PID);
  if (JACKSON_URL === undefined || JACKSON_PID === undefined) return [ours];
  return [ours, new JacksonContender(JACKSON_URL, JACKSON_PID)];
}

interface Place {
  readonly contender: Contender;
  readonly directory: BenchDirectory;
}

/** Round by round in turn, so that what else the machine does meets both alike. */
async function measure(
  operation: Operation,
  places: readonly Place[],
  settings: ScimSettings,
): Promise<Measurement[]> {
  const able = places.filter(({ contender }) => operation.times !== undefined || contender.filtersAnything);
  const pace = {
    clients: settings.BENCH_CLIENTS,
    rounds: settings.BENCH_ROUNDS,
    roundSeconds: settings.BENCH_ROUND_SECONDS,
    postgresPid: settings.POSTGRES_PID,
  };
  const runs = able.map((place) => {
    const run = new OperationRun(operation, place.contender, place.directory, pace);
    return { ...place, run, rounds: Array.of<ScimRound>() };
  });
  for (const { run } of runs) await run.warmUp();
  for (let round = 0; round < settings.BENCH_ROUNDS; round += 1)
    for (const { run, rounds } of runs) if (round < run.rounds) rounds.push(await run.round());
  return runs.map(({ run, rounds, contender, directory: { size } }) => {
    run.end();
    return { operation, contender: contender.name, size, rounds };
  });
}

main().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : String(cause));
  // Others may be asking still: one failure ends them all.
  process.exit(1);
});
