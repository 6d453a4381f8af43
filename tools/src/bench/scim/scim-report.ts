import { arch, cpus, totalmem } from 'node:os';
import { digits, percentile, sum } from '../figures';
import type { ScimRound } from './measure-operation';
import type { Operation } from './operations';
import type { ScimSettings } from './scim-settings';

type Told = Pick<
  ScimSettings,
  'BENCH_CLIENTS' | 'BENCH_ROUNDS' | 'BENCH_ROUND_SECONDS' | 'SERVER_CORE' | 'LOAD_CORES'
>;

/** One operation at one size, by one contender. */
export interface Measurement {
  readonly operation: Operation;
  readonly contender: string;
  readonly size: number;
  readonly rounds: readonly ScimRound[];
}

const ours = 'Gatehouse';
const mostTimesDearer = 2;
const mostGroupMs = 20;

/** The tables of docs/benchmarks.md; no name of a machine or of a folder is in them. */
export function scimReport(settings: Told, measurements: readonly Measurement[]): string {
  const sizes = [...new Set(measurements.map(({ size }) => size))];
  return [
    heading(settings),
    machine(settings, measurements),
    ...sizes.map((size) => sizeTable(size, measurements)),
    ...(sizes.length > 1 ? [growthTable(sizes, measurements)] : []),
    verdicts(measurements),
  ].join('\n\n');
}

export function rateOf({ rounds }: Measurement): number {
  return percentile(
    rounds.map(({ requests, seconds }) => requests / seconds),
    0.5,
  );
}

/** CPU milliseconds of a request. */
function cpuOf({ rounds }: Measurement, whose: 'server' | 'postgres'): number {
  return sum(rounds.map(({ cpu }) => cpu[whose])) / sum(rounds.map(({ requests }) => requests));
}

function latencyOf({ rounds }: Measurement): number {
  return percentile(
    rounds.flatMap(({ latencies }) => latencies),
    0.5,
  );
}

function heading({ BENCH_CLIENTS, BENCH_ROUNDS, BENCH_ROUND_SECONDS }: Told): string {
  return `SCIM, ${BENCH_CLIENTS} requests at once (one, where one takes over 0.3 s), ${BENCH_ROUNDS} rounds of ${BENCH_ROUND_SECONDS} s in turn`;
}

function machine({ SERVER_CORE, LOAD_CORES }: Told, measurements: readonly Measurement[]): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  const memory = Math.round(totalmem() / 2 ** 30);
  const rounds = measurements.flatMap((it) => it.rounds);
  const others = sum(rounds.map(({ cpu }) => cpu.others)) / sum(rounds.map(({ seconds }) => seconds)) / 10;
  return (
    `${cpus().length} cores (${model}, ${arch()}), ${memory} GB, Node ${process.versions.node}. Servers on core ${SERVER_CORE}; ` +
    `PostgreSQL (with fsync) and the load generator on core ${LOAD_CORES}. Other processes (each server's idle peer among them): ${digits(others)} % of one core.`
  );
}

function sizeTable(size: number, measurements: readonly Measurement[]): string {
  const here = measurements.filter((it) => it.size === size);
  const lines = here
    .filter(({ contender }) => contender === ours)
    .map((mine) => {
      const peer = peerOf(mine, here);
      const either = (figure: (it: Measurement) => number) => [
        digits(figure(mine)),
        peer ? digits(figure(peer)) : '–',
      ];
      return row([
        mine.operation.name,
        ...either(rateOf),
        peer ? digits(rateOf(mine) / rateOf(peer)) : '–',
        ...either((it) => cpuOf(it, 'server')),
        ...either((it) => cpuOf(it, 'postgres')),
        ...either(latencyOf),
      ]);
    });
  const names = [
    `${size.toLocaleString('en')} people`,
    ...['a second', 'peer', 'times'],
    ...['server CPU, ms', 'peer', 'PostgreSQL CPU, ms', 'peer', 'p50, ms', 'peer'],
  ];
  return [row(names), row(names.map((_, index) => (index === 0 ? '---' : '--:'))), ...lines].join('\n');
}

/** How much dearer a request is in the largest directory than in the smallest. */
function growthTable(sizes: readonly number[], measurements: readonly Measurement[]): string {
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  const names = ['Gatehouse', ...sizes.map((size) => `${size.toLocaleString('en')}: CPU, ms`), 'times'];
  const lines = measurements
    .filter(({ contender, size }) => contender === ours && size === smallest)
    .map(({ operation }) => {
      const at = (size: number) => costAt(measurements, operation, size);
      return row([
        operation.name,
        ...sizes.map((size) => digits(at(size))),
        digits(at(largest) / at(smallest)),
      ]);
    });
  return [row(names), row(names.map((_, index) => (index === 0 ? '---' : '--:'))), ...lines].join('\n');
}

function costAt(measurements: readonly Measurement[], operation: Operation, size: number): number {
  const found = measurements.find(
    (it) => it.contender === ours && it.operation === operation && it.size === size,
  );
  return found ? cpuOf(found, 'server') + cpuOf(found, 'postgres') : NaN;
}

/** Every aim, and whether this run reached it. */
export function verdicts(measurements: readonly Measurement[]): string {
  const mine = measurements.filter(({ contender }) => contender === ours);
  const lines = mine.flatMap((it) => [
    ...beside(it, peerOf(it, measurements)),
    ...grown(it, measurements),
    ...inGroup(it),
  ]);
  return lines.join('\n');
}

function beside(mine: Measurement, peer: Measurement | undefined): string[] {
  const { times, name } = mine.operation;
  if (!peer || !times || mine.size < (times.fromSize ?? 0)) return [];
  const reached = rateOf(mine) / rateOf(peer);
  const aim = times.aim === undefined ? '' : `, aim ${times.aim}`;
  return [
    `${mark(reached >= times.least)} ${name}, ${mine.size}: ${digits(reached)} times saml-jackson's rate (at least ${times.least}${aim})`,
  ];
}

function grown(mine: Measurement, measurements: readonly Measurement[]): string[] {
  const sizes = measurements.map(({ size }) => size);
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  if (mine.size !== largest || smallest === largest) return [];
  const times =
    costAt(measurements, mine.operation, largest) / costAt(measurements, mine.operation, smallest);
  const said = `${mine.operation.name}: ${digits(times)} times as dear at ${largest} as at ${smallest} (at most ${mostTimesDearer})`;
  return [`${mark(times <= mostTimesDearer)} ${said}`];
}

function inGroup(mine: Measurement): string[] {
  if (!mine.operation.inGroup) return [];
  const cpu = cpuOf(mine, 'server');
  return [
    `${mark(cpu < mostGroupMs)} ${mine.operation.name}, ${mine.size}: ${digits(cpu)} ms of server CPU (under ${mostGroupMs})`,
  ];
}

function mark(reached: boolean): string {
  return reached ? 'reached    ' : 'NOT REACHED';
}

function peerOf(mine: Measurement, measurements: readonly Measurement[]): Measurement | undefined {
  return measurements.find(
    (it) => it.contender !== ours && it.operation === mine.operation && it.size === mine.size,
  );
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
