import type { Acceptance, AcceptOutcome, Person, User } from '@gatehouse/core';
import { canSignIn } from '../credentials/can-sign-in';
import { insertMember, insertUser, userByEmail } from '../members/write-person';
import type { TenantTransaction } from '../transaction';
import { letInAgain, useUp } from './write-invitation';

/** Within the transaction: the invitation is used up by a new user, or one who has nothing to sign in with yet. */
export async function acceptWithPassword(
  transaction: TenantTransaction,
  acceptance: Acceptance,
  passwordHash: string,
  now: Date,
): Promise<AcceptOutcome> {
  if (!(await useUp(transaction, acceptance.invitation.id, now, acceptance))) return { kind: 'gone' };
  const { user: described } = acceptance.person;
  await insertUser(transaction, described);
  const user = await userByEmail(transaction, described.email);
  if (await canSignIn(transaction, user.id)) return { kind: 'account-exists' };
  // The constraint decides between two who set one at the same time.
  const set = await transaction.row(
    'INSERT INTO passwords (user_id, hash, changed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING user_id',
    [user.id, passwordHash, now],
  );
  return set ? join(transaction, acceptance, user) : { kind: 'account-exists' };
}

/** Within the transaction: the invitation is used up by the user whom it names. */
export async function acceptAs(
  transaction: TenantTransaction,
  acceptance: Acceptance,
  now: Date,
): Promise<AcceptOutcome> {
  if (!(await useUp(transaction, acceptance.invitation.id, now, acceptance))) return { kind: 'gone' };
  return join(transaction, acceptance, await userByEmail(transaction, acceptance.invitation.email));
}

async function join(
  transaction: TenantTransaction,
  { person }: Acceptance,
  user: User,
): Promise<AcceptOutcome> {
  const joined: Person = { user, member: { ...person.member, userId: user.id } };
  await letInAgain(transaction, user);
  if (!(await insertMember(transaction, joined.member))) return { kind: 'already-member' };
  return { kind: 'accepted', person: joined };
}
