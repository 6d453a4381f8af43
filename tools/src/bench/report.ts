import { arch, cpus, totalmem } from 'node:os';
import type { BenchSettings } from './config';
import { digits, percentile, spread, sum } from './figures';
import type { Journey } from './journey';
import type { Round } from './load';
import { stages } from './stage-watch';
import type { StageWatch } from './stage-watch';

export interface Measured {
  readonly rounds: readonly Round[];
  /** One person at a time, on the warm server. */
  readonly alone: Round;
  readonly memory: { readonly now: number; readonly most: number };
  /** Every journey with its rounds, ours first. */
  readonly compared: readonly { readonly journey: Journey; readonly rounds: readonly Round[] }[];
}

/** The tables of docs/benchmarks.md; no name of a machine or of a folder is in them. */
export function report(settings: BenchSettings, measured: Measured): string {
  return [
    heading(settings),
    machine(settings),
    roundsTable(measured),
    aloneAndMemory(measured),
    stagesTable(measured),
    ...(measured.compared.length > 1 ? [comparisonTable(measured)] : []),
  ].join('\n\n');
}

function heading(settings: BenchSettings): string {
  const { BENCH_CLIENTS, BENCH_ROUNDS, BENCH_ROUND_SECONDS, BENCH_WARM_UP_SECONDS } = settings;
  return `Full SAML sign-ins, ${BENCH_CLIENTS} at once, ${BENCH_ROUNDS} rounds of ${BENCH_ROUND_SECONDS} s after ${BENCH_WARM_UP_SECONDS} s of warm-up`;
}

function machine({ SERVER_CORE, LOAD_CORES }: BenchSettings): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${model}, ${arch()}), ${memory} GB, Node ${process.versions.node}. Server on core ${SERVER_CORE}; PostgreSQL (with fsync) and the load generator on core ${LOAD_CORES}.`;
}

function roundsTable({ rounds }: Measured): string {
  const rows: [string, (round: Round) => number][] = [
    ['sign-ins a second', ({ signIns, seconds }) => signIns.length / seconds],
    ['server CPU, ms a sign-in', ({ cpu, signIns }) => cpu.server / signIns.length],
    ['server, share of its core (%)', ({ cpu, seconds }) => cpu.server / seconds / 10],
    ['PostgreSQL CPU, ms a sign-in', ({ cpu, signIns }) => cpu.postgres / signIns.length],
    ['load generator CPU, ms a sign-in', ({ cpu, signIns }) => cpu.load / signIns.length],
    [
      'PostgreSQL and load generator, share of one core (%)',
      ({ cpu, seconds }) => (cpu.postgres + cpu.load) / seconds / 10,
    ],
    [
      'other processes of the machine, share of one core (%)',
      ({ cpu, seconds }) => cpu.others / seconds / 10,
    ],
    ['latency p50, ms', ({ signIns }) => percentile(signIns.map(total), 0.5)],
    ['latency p95, ms', ({ signIns }) => percentile(signIns.map(total), 0.95)],
  ];
  const lines = rows.map(([name, figure]) => row([name, ...spread(rounds.map(figure)).map(digits)]));
  return [row(['figure', 'min', 'median', 'max']), row(['---', '--:', '--:', '--:']), ...lines].join('\n');
}

function aloneAndMemory({ alone, memory }: Measured): string {
  const latency = percentile(alone.signIns.map(total), 0.5);
  const cpu = alone.cpu.server / alone.signIns.length;
  return `One person alone: ${digits(latency)} ms a sign-in, ${digits(cpu)} ms of it server CPU. Server memory: ${digits(memory.now)} MB at the end, ${digits(memory.most)} MB at most.`;
}

function stagesTable({ rounds, alone }: Measured): string {
  const loaded = rounds.flatMap(({ signIns }) => signIns);
  const all = sum(loaded.map(total));
  const allAlone = sum(alone.signIns.map(total));
  const seen = Object.entries(stages).filter(([stage]) => loaded.some(({ took }) => took.has(stage)));
  const lines = seen.map(([stage, request]) => {
    const took = loaded.map(timeOf(stage));
    const tookAlone = alone.signIns.map(timeOf(stage));
    const shares = [(100 * sum(took)) / all, (100 * sum(tookAlone)) / allAlone];
    const figures = [shares[0], percentile(took, 0.5), percentile(took, 0.95), shares[1]];
    return row([
      stage,
      request,
      ...[...figures, percentile(tookAlone, 0.5)].map((value) => digits(value ?? NaN)),
    ]);
  });
  const head = ['stage', 'request', 'share (%)', 'p50, ms', 'p95, ms', 'share alone (%)', 'p50 alone, ms'];
  return [row(head), row(['---', '---', '--:', '--:', '--:', '--:', '--:']), ...lines].join('\n');
}

function comparisonTable({ compared }: Measured): string {
  const lines = compared.map(({ journey, rounds }) => {
    const rates = spread(rounds.map(({ signIns, seconds }) => signIns.length / seconds));
    const each = (of: 'server' | 'postgres') =>
      digits(spread(rounds.map(({ signIns, cpu }) => cpu[of] / signIns.length))[1]);
    return row([journey.name, ...rates.map(digits), each('server'), each('postgres')]);
  });
  const head = [
    'journey',
    'a second, min',
    'median',
    'max',
    'server CPU each, ms',
    'PostgreSQL CPU each, ms',
  ];
  return [row(head), row(['---', '--:', '--:', '--:', '--:', '--:']), ...lines].join('\n');
}

function total(signIn: StageWatch): number {
  return signIn.total;
}

function timeOf(stage: string): (signIn: StageWatch) => number {
  return ({ took }) => took.get(stage) ?? NaN;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
