import type { RejectedVector } from '../vector';

/** Name, what happens, the code that must answer, and how the document is made. */
export type Row = readonly [
  name: string,
  what: string,
  code: string,
  response: () => RejectedVector['response'],
  more?: Partial<RejectedVector>,
];

/** Rows of one table as vectors that hold these requirements. */
export function vectors(requirements: readonly string[], rows: readonly Row[]): RejectedVector[] {
  return rows.map(([name, what, code, response, more]) => ({
    name,
    what,
    rows: requirements,
    code,
    response: response(),
    ...more,
  }));
}
