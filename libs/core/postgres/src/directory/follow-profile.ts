import {
  emailDomain,
  emailKey,
  followProvisionedProfile,
  type Happening,
  type HoldReason,
  type MemberId,
  type ProvisionedProfileDecision,
  type ProvisionedProfileFacts,
  type User,
} from '@gatehouse/core';
import { tellOwners } from '../mail/tell-owners';
import type { TenantTransaction } from '../transaction';
import { violates } from '../unique-violation';
import { because, type PersonChange } from './settlement';

/** The member whose account is to say what its directory says. */
export interface Followed {
  readonly user: User;
  readonly memberId: MemberId;
  readonly brought: boolean;
  readonly organisation: string;
}

/** Keeps name and address of the account as the directory has them, as far as they are its to say (LNK-11). */
export async function followProfile(
  transaction: TenantTransaction,
  change: PersonChange,
  followed: Followed,
): Promise<Happening[]> {
  if (!differs(followed.user, change)) return [];
  const decision = followProvisionedProfile(await factsOf(transaction, change, followed));
  const { take, hold } = decision;
  const taken = Object.keys(take).length > 0 && (await tryToTake(transaction, followed, take));
  if (taken === 'in-use') return keepBack(transaction, change, followed, take.email, 'address_in_use');
  return [
    ...(taken ? [updated(change, followed, take)] : []),
    ...(await keepBack(transaction, change, followed, hold?.email, hold?.reason)),
  ];
}

function differs({ email, name }: User, { after }: PersonChange): boolean {
  const moved = after.email !== undefined && emailKey(after.email) !== emailKey(email);
  return moved || (after.name !== undefined && after.name !== name);
}

async function factsOf(
  transaction: TenantTransaction,
  { before, after }: PersonChange,
  { user, memberId, brought }: Followed,
): Promise<ProvisionedProfileFacts> {
  const email = after.email ?? '';
  const row = await transaction.row(
    `SELECT user_is_elsewhere_anywhere($2, $1) AS elsewhere,
       EXISTS (SELECT FROM domains WHERE tenant_id = $1 AND name = $3 AND verified_at IS NOT NULL) AS ours,
       EXISTS (SELECT FROM users WHERE email_key = $4 AND id <> $2) AS taken`,
    [transaction.tenantId, user.id, emailDomain(email), emailKey(email)],
  );
  if (!row) throw new Error('The database answered nothing.');
  return {
    ...{ user, profile: after, before: before?.memberId === memberId ? before : undefined, brought },
    elsewhere: row.flag('elsewhere'),
    domainIsVerified: row.flag('ours'),
    addressIsTaken: row.flag('taken'),
  };
}

/** False where the account is not this tenant's alone any more. Somebody else may get the address at the same moment. */
async function tryToTake(
  transaction: TenantTransaction,
  followed: Followed,
  taken: ProvisionedProfileDecision['take'],
): Promise<boolean | 'in-use'> {
  // Without an address nobody can be in the way.
  if (taken.email === undefined) return take(transaction, followed, taken);
  await transaction.rows('SAVEPOINT profile');
  try {
    return await take(transaction, followed, taken);
  } catch (error) {
    if (!violates(error, 'users_email_key')) throw error;
    await transaction.rows('ROLLBACK TO SAVEPOINT profile');
    return 'in-use';
  }
}

async function take(
  transaction: TenantTransaction,
  { user, memberId }: Followed,
  { email, name }: ProvisionedProfileDecision['take'],
): Promise<boolean> {
  // Before the user, as whoever links, unlinks or removes the member does.
  const [, row] = await Promise.all([
    transaction.rows('SELECT id FROM members WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE', [
      ...[transaction.tenantId, memberId],
    ]),
    transaction.row('SELECT take_profile_anywhere($1, $2, $3, $4, $5, $6) AS taken', [
      ...[user.id, transaction.tenantId, email ?? null, email === undefined ? null : emailKey(email)],
      ...[name ?? null, name?.toLowerCase() ?? null],
    ]),
  ]);
  const taken = row?.flag('taken') ?? false;
  // A link that was mailed to the address of before may be in hands that it is no longer in.
  if (taken && email !== undefined)
    await transaction.rows('DELETE FROM password_resets WHERE user_id = $1', [user.id]);
  return taken;
}

function updated(
  change: PersonChange,
  { user, memberId: subject }: Followed,
  { email = user.email, name = user.name }: ProvisionedProfileDecision['take'],
): Happening {
  const before = { email: user.email, name: user.name };
  return because(change, { type: 'member.profile_updated', subject, before, after: { email, name } });
}

// Looked for among the last entries alone: a client that says the same in turns has its own among them.
const told = `SELECT count(DISTINCT (subject, data ->> 'address'))::integer AS letters,
    coalesce(bool_or(subject = $4 AND data ->> 'address' = $5), false) AS so_before
  FROM (SELECT type, subject, at, data FROM audit_entries WHERE tenant_id = $1 ORDER BY id DESC LIMIT 2000) e
  WHERE type = 'member.address_held' AND at > $3 AND data ->> 'directoryId' = $2 AND data ->> 'reason' = 'address_in_use'`;

const tellingWindowMs = 60 * 60_000;
const mostLettersInIt = 10;

/** Whether owners had a letter about this within the hour, or many from this directory: the audit log goes on telling. */
async function knowEnough(
  transaction: TenantTransaction,
  { directory, at }: PersonChange,
  member: MemberId,
  address: string,
): Promise<boolean> {
  const since = new Date(at.getTime() - tellingWindowMs);
  const row = await transaction.row(told, [transaction.tenantId, directory.id, since, member, address]);
  return row !== undefined && (row.flag('so_before') || row.integer('letters') >= mostLettersInIt);
}

/** The owners are told of two accounts that want one address; of all else the audit log tells. */
async function keepBack(
  transaction: TenantTransaction,
  change: PersonChange,
  { user, memberId: subject, organisation }: Followed,
  address: string | undefined,
  reason: HoldReason | undefined,
): Promise<Happening[]> {
  if (address === undefined || reason === undefined) return [];
  const { directory, at, chance, keyRing } = change;
  if (reason === 'address_in_use' && !(await knowEnough(transaction, change, subject, address))) {
    const message = { kind: 'address-collision', organisation, connection: directory.name } as const;
    await tellOwners(transaction, { ...message, person: user.email, address }, at, chance, keyRing);
  }
  return [because(change, { type: 'member.address_held', subject, data: { address, reason } })];
}
