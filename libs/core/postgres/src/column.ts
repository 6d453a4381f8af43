import type { EntitySchema, EntitySchemaColumnOptions } from 'typeorm';

// The column types of every table, named once.
export const key: EntitySchemaColumnOptions = { type: 'text', primary: true };
export const text: EntitySchemaColumnOptions = { type: 'text' };
export const integer: EntitySchemaColumnOptions = { type: 'integer' };
export const flag: EntitySchemaColumnOptions = { type: 'boolean' };
export const json: EntitySchemaColumnOptions = { type: 'jsonb' };
/** With a default, so that a server of the version before can still write its rows. */
export const emptyList: EntitySchemaColumnOptions = { ...json, default: [] };
/** Milliseconds, as JavaScript keeps them: what is read equals what was written. */
export const time: EntitySchemaColumnOptions = { type: 'timestamptz', precision: 3 };

export function named(name: string, column: EntitySchemaColumnOptions): EntitySchemaColumnOptions {
  return { ...column, name };
}

export function optional(column: EntitySchemaColumnOptions): EntitySchemaColumnOptions {
  return { ...column, nullable: true };
}

export const tenantColumn = named('tenant_id', text);
export const createdColumn = named('created_at', time);

/** The columns of a table by name, for statements that are prepared: `*` would mean others once a version adds one. */
export function columnsOf<T>({ options }: EntitySchema<T>): string {
  const columns = Object.entries<EntitySchemaColumnOptions | undefined>(options.columns);
  return columns.map(([property, column]) => column?.name ?? property).join(', ');
}
