import type { Happening } from '@gatehouse/core';
import { ScimError } from '@gatehouse/scim';
import { DatabaseError } from 'pg';
import { notingAll } from '../../note-all';
import { inTenant, type TenantTransaction } from '../../transaction';
import type { ResourcePorts, ResourceScope } from './resource-scope';

/** What a write came to, and what is to be announced of it. */
export interface Written<T> {
  readonly outcome: T;
  readonly happenings: readonly Happening[];
}

export type Writing<T> = (transaction: TenantTransaction, at: Date) => Promise<Written<T>>;

const mostTries = 4;

/** One write in one transaction with all that follows from it; of a rehearsal nothing stays. */
export async function writeResource<T>(
  ports: ResourcePorts,
  scope: ResourceScope,
  writing: Writing<T>,
  tries = mostTries,
): Promise<T> {
  try {
    return await write(ports, scope, writing);
  } catch (error) {
    if (tries > 1 && wasInTheWay(error)) return writeResource(ports, scope, writing, tries - 1);
    throw told(error);
  }
}

async function write<T>(
  { database, chance, clock }: ResourcePorts,
  { directory, rehearsal }: ResourceScope,
  writing: Writing<T>,
): Promise<T> {
  const announced = async (transaction: TenantTransaction): Promise<Written<T>> => {
    const written = await writing(transaction, clock.now());
    if (written.happenings.length > 0) transaction.atLast(notingAll(transaction, written.happenings, chance));
    return written;
  };
  const { outcome, happenings } = await inTenant(database, directory.tenantId, announced, () => !rehearsal);
  rehearsal?.(happenings);
  return outcome;
}

/** Another write made what this one was about to make: nothing of this one is kept, and it looks again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** Two writes waited for one another, and PostgreSQL ended this one: it did nothing yet. */
function wasInTheWay(error: unknown): boolean {
  if (error instanceof Overtaken) return true;
  return error instanceof DatabaseError && (error.code === '40P01' || error.code === '40001');
}

const taken: Readonly<Record<string, string>> = {
  directory_people_user_name: 'Another User of this directory has this userName. Choose another one.',
  directory_people_external: 'Another User of this directory has this externalId. Choose another one.',
  directory_groups_display_name: 'Another Group of this directory has this displayName. Choose another one.',
};

/** Texts with a NUL or half of a surrogate pair, and numbers and times that PostgreSQL does not know. */
const unkeepable = ['22021', '22P05', '22P02', '22P03', '22003', '22007', '22008'];

/** The same error in the words of the protocol, where it is the client's to mend. */
export function told(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  const inUse = error.code === '23505' ? taken[error.constraint ?? ''] : undefined;
  if (inUse !== undefined) return new ScimError(409, inUse, 'uniqueness');
  if (!unkeepable.includes(error.code ?? '')) return error;
  const detail = 'A value cannot be kept: texts must be Unicode without NUL, numbers and times in range.';
  return new ScimError(400, detail, 'invalidValue');
}
