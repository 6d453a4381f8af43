declare module 'pg/lib/utils' {
  /** A parameter as PostgreSQL reads it: as text, or as octets of `bytea`. */
  export function prepareValue(value: unknown): string | Buffer | null;
}
