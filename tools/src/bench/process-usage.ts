import { readdirSync, readFileSync } from 'node:fs';

/** Linux tells CPU time in hundredths of a second, whatever the kernel counts in (proc(5), USER_HZ). */
const TICK_MS = 10;

interface Stat {
  readonly parent: number;
  readonly own: number;
  readonly endedChildren: number;
}

/** CPU milliseconds, user and system, that a process has used with all its threads. */
export function cpuMs(pid: number): number {
  return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8')).own;
}

/** The same for a process with its children, those that have ended included: PostgreSQL has one a connection. */
export function familyCpuMs(pid: number): number {
  const { own, endedChildren } = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const children = allStats().filter(({ parent }) => parent === pid);
  return children.reduce((sum, child) => sum + child.own, own + endedChildren);
}

/**
 * CPU milliseconds of all processes together. What a process used passes to its parent when it ends, so the sum only grows;
 * the busy time in /proc/stat is sampled and says too little of work in short bursts.
 */
export function everyonesCpuMs(): number {
  return allStats().reduce((sum, { own, endedChildren }) => sum + own + endedChildren, 0);
}

/** Megabytes held in memory now, and the most that was ever held. */
export function memoryMb(pid: number): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1]);
  return { now: kilobytes('VmRSS') / 1024, most: kilobytes('VmHWM') / 1024 };
}

/** The second field is a name in parentheses that may hold anything, so fields are counted from its end. */
export function parseStat(line: string): Stat {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const ticks = (field: number) => Number(fields[field - 3]);
  return {
    parent: ticks(4),
    own: (ticks(14) + ticks(15)) * TICK_MS,
    endedChildren: (ticks(16) + ticks(17)) * TICK_MS,
  };
}

function allStats(): Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}
