import { Agent } from 'node:http';
import { cpuMs, everyonesCpuMs, familyCpuMs } from '../process-usage';
import type { BenchDirectory, Contender } from './directory';
import type { Operation } from './operations';
import { ScimClient } from './scim-client';

/** What one round of requests took; CPU in milliseconds. */
export interface ScimRound {
  readonly requests: number;
  readonly seconds: number;
  readonly latencies: readonly number[];
  readonly cpu: {
    readonly server: number;
    readonly postgres: number;
    readonly load: number;
    readonly others: number;
  };
}

export interface Pace {
  readonly clients: number;
  readonly rounds: number;
  readonly roundSeconds: number;
  readonly postgresPid: number;
}

/** A request that takes longer alone is asked by one client at a time: sixteen at once would only fill the memory. */
const slowMs = 300;
/** And one that takes longer still is asked once more after it was tried, so that a run stays short. */
const verySlowMs = 2000;

/** One operation on one directory of one contender: rounds of it can be taken in turn with another contender's. */
export class OperationRun {
  private readonly agents: Agent[] = [];
  private readonly turns: number[] = [];
  private clients = 1;
  private aloneMs = 0;

  constructor(
    private readonly operation: Operation,
    private readonly contender: Contender,
    private readonly directory: BenchDirectory,
    private readonly pace: Pace,
  ) {}

  /** Finds out how slow a request is alone, and lets what is fast run until it is compiled. */
  async warmUp(): Promise<void> {
    const alone = await this.round(0);
    this.aloneMs = (alone.seconds * 1000) / alone.requests;
    if (this.aloneMs > slowMs) return;
    this.clients = this.pace.clients;
    await this.round(this.pace.roundSeconds / 2);
  }

  get rounds(): number {
    return this.aloneMs > verySlowMs ? 1 : this.pace.rounds;
  }

  /** As many requests as fit; at least one of each client, or two where the second takes back the first. */
  async round(seconds = this.pace.roundSeconds): Promise<ScimRound> {
    const latencies: number[] = [];
    const before = this.read();
    const until = performance.now() + seconds * 1000;
    const everyone = Array.from({ length: this.clients }, (_, client) =>
      this.keepAsking(client, until, latencies),
    );
    await Promise.all(everyone);
    const after = this.read();
    const used = (name: 'server' | 'postgres' | 'load' | 'machine') => after[name] - before[name];
    const own = { server: used('server'), postgres: used('postgres'), load: used('load') };
    const others = Math.max(0, used('machine') - own.server - own.postgres - own.load);
    const took = (after.at - before.at) / 1000;
    return { requests: latencies.length, seconds: took, latencies, cpu: { ...own, others } };
  }

  end(): void {
    for (const agent of this.agents) agent.destroy();
  }

  private async keepAsking(client: number, until: number, latencies: number[]): Promise<void> {
    const agent = (this.agents[client] ??= new Agent({ keepAlive: true, maxSockets: 1 }));
    const asking = new ScimClient(this.directory.baseUrl, this.directory.token, agent);
    do {
      for (let step = 0; step < (this.operation.steps ?? 1); step += 1) {
        const began = performance.now();
        await this.ask(asking, client);
        latencies.push(performance.now() - began);
      }
    } while (performance.now() < until);
  }

  /** A wrong answer ends the bench: there are no failures to leave out. */
  private async ask(asking: ScimClient, client: number): Promise<void> {
    const turn = this.turns[client] ?? 0;
    this.turns[client] = turn + 1;
    const at = { turn, client, clients: this.pace.clients };
    const request = this.operation.request(this.directory, at);
    const answer = await asking.send(request);
    if (this.operation.isRight(answer, this.directory, at)) return;
    const said = `${answer.status}: ${answer.body.slice(0, 600)}`;
    throw new Error(
      `${this.contender.name}, ${this.operation.name}, ${request.method} ${request.path} ended with ${said}`,
    );
  }

  private read() {
    const { user, system } = process.cpuUsage();
    return {
      at: performance.now(),
      machine: everyonesCpuMs(),
      server: cpuMs(this.contender.pid),
      postgres: familyCpuMs(this.pace.postgresPid),
      load: (user + system) / 1000,
    };
  }
}
