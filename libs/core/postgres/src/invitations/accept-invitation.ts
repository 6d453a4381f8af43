import type {
  Acceptance,
  AcceptOutcome,
  Chance,
  FirstPassword,
  KeyRing,
  Person,
  User,
} from '@gatehouse/core';
import { canSignIn } from '../credentials/can-sign-in';
import { notingOfDeployment } from '../deployment-transaction';
import { queueMail } from '../mail/queue-mail';
import { rememberLanguage } from '../mail/reader-language';
import { insertMember, insertUser, userByEmail } from '../members/write-person';
import type { TenantTransaction } from '../transaction';
import { letInAgain, useUp } from './write-invitation';

/** What a first password is recorded with. */
export interface Recording {
  readonly keyRing: KeyRing;
  readonly chance: Chance;
}

/** Within the transaction: the invitation is used up by a new user, or one who has nothing to sign in with yet. */
export async function acceptWithPassword(
  transaction: TenantTransaction,
  acceptance: Acceptance,
  password: FirstPassword,
  recording: Recording,
): Promise<AcceptOutcome> {
  const { user: described, member } = acceptance.person;
  if (!(await useUp(transaction, acceptance.invitation.id, member.createdAt, acceptance)))
    return { kind: 'gone' };
  const isNew = await insertUser(transaction, described);
  const user = await userByEmail(transaction, described.email);
  if (await canSignIn(transaction, user.id)) return { kind: 'account-exists' };
  if (!(await setFirst(transaction, user, password, recording))) return { kind: 'account-exists' };
  if (!isNew) await queueMail(transaction, password.mail, recording.keyRing);
  return join(transaction, acceptance, user);
}

/** False when the user has one: the constraint decides between two who set one at the same time. */
async function setFirst(
  transaction: TenantTransaction,
  { id }: User,
  { hash, because }: FirstPassword,
  { chance }: Recording,
): Promise<boolean> {
  const set = await transaction.row(
    'INSERT INTO passwords (user_id, hash, changed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING user_id',
    [id, hash, because.at],
  );
  const { sql, values } = notingOfDeployment({ ...because, subject: id }, chance);
  if (set) await transaction.rows(sql, values);
  return set !== undefined;
}

/** Within the transaction: the invitation is used up by the user whom it names. */
export async function acceptAs(
  transaction: TenantTransaction,
  acceptance: Acceptance,
): Promise<AcceptOutcome> {
  const { createdAt: now } = acceptance.person.member;
  if (!(await useUp(transaction, acceptance.invitation.id, now, acceptance))) return { kind: 'gone' };
  return join(transaction, acceptance, await userByEmail(transaction, acceptance.invitation.email));
}

async function join(
  transaction: TenantTransaction,
  { person, invitation }: Acceptance,
  user: User,
): Promise<AcceptOutcome> {
  const joined: Person = { user, member: { ...person.member, userId: user.id } };
  await letInAgain(transaction, user);
  await rememberLanguage(transaction, user.id, invitation.language);
  if (!(await insertMember(transaction, joined.member))) return { kind: 'already-member' };
  return { kind: 'accepted', person: joined };
}
