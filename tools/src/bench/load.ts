import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Journey } from './journey';
import { cpuMs, everyonesCpuMs, familyCpuMs } from './process-usage';
import type { StageWatch } from './stage-watch';

/** CPU milliseconds of each process and of the whole machine, and the time of day in milliseconds. */
interface Reading {
  readonly at: number;
  readonly machine: number;
  readonly server: number;
  readonly postgres: number;
  readonly load: number;
}

/** What happened between two readings. */
export interface Round {
  readonly seconds: number;
  readonly signIns: readonly StageWatch[];
  /** `others`: what has nothing to do with the bench and disturbs it. */
  readonly cpu: {
    readonly server: number;
    readonly postgres: number;
    readonly load: number;
    readonly others: number;
  };
}

/** People who sign in again and again, each on one kept connection; a sign-in that fails ends the bench. */
export class Load {
  private finished: StageWatch[] = [];
  private stopping = false;

  constructor(
    private readonly journey: Journey,
    private readonly postgresPid: number,
  ) {}

  /** Keeps `people` signing in during the warm-up and the rounds, without a gap between them. */
  async run(people: number, warmUpSeconds: number, rounds: readonly number[]): Promise<Round[]> {
    this.stopping = false;
    const everyone = Promise.all(Array.from({ length: people }, (_, index) => this.keepSigningIn(index)));
    const measured = this.measure(warmUpSeconds, rounds);
    const results = await Promise.race([measured, everyone.then(() => measured)]);
    await everyone;
    return results;
  }

  private async measure(warmUpSeconds: number, rounds: readonly number[]): Promise<Round[]> {
    try {
      await pause(warmUpSeconds * 1000);
      const results: Round[] = [];
      for (const seconds of rounds) results.push(await this.measureRound(seconds));
      return results;
    } finally {
      this.stopping = true;
    }
  }

  private async measureRound(seconds: number): Promise<Round> {
    this.finished = [];
    const before = this.read();
    await pause(seconds * 1000);
    const after = this.read();
    return {
      seconds: (after.at - before.at) / 1000,
      signIns: this.finished,
      cpu: usedBetween(before, after),
    };
  }

  private async keepSigningIn(index: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      while (!this.stopping) this.finished.push(await this.journey.run(`person-${index}`, agent));
    } finally {
      agent.destroy();
    }
  }

  private read(): Reading {
    const { user, system } = process.cpuUsage();
    return {
      at: performance.now(),
      machine: everyonesCpuMs(),
      server: cpuMs(this.journey.serverPid),
      postgres: familyCpuMs(this.postgresPid),
      load: (user + system) / 1000,
    };
  }
}

function usedBetween(before: Reading, after: Reading): Round['cpu'] {
  const server = after.server - before.server;
  const postgres = after.postgres - before.postgres;
  const load = after.load - before.load;
  const others = Math.max(0, after.machine - before.machine - server - postgres - load);
  return { server, postgres, load, others };
}
