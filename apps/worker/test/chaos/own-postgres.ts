import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

const script = join(__dirname, 'restartable-postgres.mjs');

/** A database server that nobody else uses, so that it can be restarted. */
export class OwnPostgres {
  private constructor(
    readonly superuserUrl: string,
    private readonly folder: string,
    private readonly process: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterator<string>,
  ) {}

  static async start(): Promise<OwnPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-chaos-'));
    // PostgreSQL runs as another account, which has to get through it.
    await chmod(folder, 0o711);
    const child = spawn(process.execPath, [script, join(folder, 'data')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return new OwnPostgres(await nextLine(lines), folder, child, lines);
  }

  /** Ends every connection and what was not committed. */
  async restart(): Promise<void> {
    this.process.stdin.write('restart\n');
    await nextLine(this.lines);
  }

  async stop(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.stdin.end();
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function nextLine(lines: AsyncIterator<string>): Promise<string> {
  const line = await lines.next();
  if (line.done) throw new Error('The PostgreSQL of this run ended by itself.');
  return line.value;
}
