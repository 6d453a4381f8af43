import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '@gatehouse/core-postgres';

type Database = Awaited<ReturnType<typeof openDatabase>>;

/** What is left to do. */
export interface Backlog {
  readonly events: number;
  readonly tasks: number;
  readonly dead: number;
}

/** Looks at the tables as their superuser, and moves due times, which stands for days that pass. */
export class Observer {
  private constructor(private readonly database: Database) {}

  static async open(superuserUrl: string, databaseUrl: string): Promise<Observer> {
    const url = new URL(superuserUrl);
    url.pathname = new URL(databaseUrl).pathname;
    return new Observer(await openDatabase({ url: url.href, poolSize: 2 }));
  }

  async backlog(): Promise<Backlog> {
    const sql = `SELECT (SELECT count(*)::integer FROM outbox) AS events,
      (SELECT count(*)::integer FROM tasks WHERE dead_at IS NULL) AS tasks,
      (SELECT count(*)::integer FROM tasks WHERE dead_at IS NOT NULL) AS dead`;
    const [row] = await this.rows(sql);
    return { events: numberIn(row, 'events'), tasks: numberIn(row, 'tasks'), dead: numberIn(row, 'dead') };
  }

  /** All that is looked at once a day is due again, also what another worker has in hand just now. */
  async nextDay(): Promise<void> {
    await this.rows(`UPDATE domains SET next_check_at = now() WHERE verified_at IS NOT NULL`);
    await this.rows('UPDATE connection_upkeep SET certificates_due_at = now()');
  }

  /** As if their owners had been warned so long ago that the next miss is the last. */
  async bringToTheBrink(domains: readonly string[]): Promise<void> {
    const day = 24 * 60 * 60_000;
    const [long, lately] = [Date.now() - 20 * day, Date.now() - 2 * day].map((time) => new Date(time));
    const missing = { since: long, warnedAt: long, remindedAt: lately, days: 13, countedAt: lately };
    const sql = 'UPDATE domains SET missing = $2::jsonb WHERE name = ANY($1)';
    await this.rows(sql, [domains, JSON.stringify(missing)]);
  }

  async lapsed(): Promise<string[]> {
    const rows = await this.rows('SELECT name FROM domains WHERE lapsed_at IS NOT NULL ORDER BY name');
    return rows.map((row) => String(Reflect.get(row, 'name')));
  }

  async requests(): Promise<number> {
    const [row] = await this.rows('SELECT count(*)::integer AS requests FROM link_requests');
    return numberIn(row, 'requests');
  }

  async notices(): Promise<number> {
    const [row] = await this.rows('SELECT count(*)::integer AS notices FROM certificate_notices');
    return numberIn(row, 'notices');
  }

  async close(): Promise<void> {
    await this.database.destroy();
  }

  /** The database may be on its way down or up. */
  async rows(sql: string, values: unknown[] = []): Promise<object[]> {
    for (const deadline = Date.now() + 30_000; ; await pause(100))
      try {
        const rows: object[] = await this.database.query(sql, values);
        return rows;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
  }
}

function numberIn(row: object | undefined, name: string): number {
  return Number(row && Reflect.get(row, name));
}
