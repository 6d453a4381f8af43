import { DataSource } from 'typeorm';
import { entities } from './entities';
import { migrations } from './migrations';

export const migrationsTable = 'gatehouse_migrations';

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize?: number;
  readonly applicationName?: string;
}

/** A data source that is not connected yet. */
export function describeDatabase(options: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    poolSize: options.poolSize ?? 10,
    applicationName: options.applicationName ?? 'gatehouse',
    connectTimeoutMS: 10_000,
    entities,
    migrations,
    migrationsTableName: migrationsTable,
    installExtensions: false,
    // A transaction's first statement is sent along with its BEGIN.
    extra: { pipeline: true },
  });
}

/** Connects as the application's role; end it with `destroy()`. */
export function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  return describeDatabase(options).initialize();
}
