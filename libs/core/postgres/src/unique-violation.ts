import { DatabaseError } from 'pg';

/** Whether a statement failed because it would have broken this unique constraint or index. */
export function violates(error: unknown, constraint: string): boolean {
  return error instanceof DatabaseError && error.code === '23505' && error.constraint === constraint;
}
