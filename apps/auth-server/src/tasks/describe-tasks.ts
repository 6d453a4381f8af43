import type { DeadLetter, TaskState } from '@gatehouse/core';

const heads = ['kind', 'waiting', 'under way', 'retrying', 'dead', 'oldest since'];

/** A table of the kinds, and below it what was wrong with the one that failed last of each. */
export function describeStates(states: readonly TaskState[]): string {
  if (states.length === 0) return 'No task waits, and none was given up.';
  const rows = [heads, ...states.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  const errors = states.flatMap(({ kind, lastError }) =>
    lastError === undefined ? [] : [`${kind}: ${lastError}`],
  );
  return [...lines.map((line) => line.trimEnd()), ...errors].join('\n');
}

/** What stands in the task is left out: there are one-time links in letters. */
export function describeDeadLetter({ id, kind, tenantId, attempts, deadAt, reason }: DeadLetter): string {
  const whose = tenantId ?? 'the deployment';
  return `${id} ${kind} of ${whose}: given up ${deadAt.toISOString()} after ${attempts} attempts: ${reason}`;
}

function cellsOf({ kind, waiting, underWay, retrying, dead, oldestAt }: TaskState): string[] {
  const counts = [waiting, underWay, retrying, dead].map(String);
  return [kind, ...counts, oldestAt?.toISOString() ?? '-'];
}
