import {
  decideStanding,
  emailDomain,
  hasSayOverMember,
  type Happening,
  type StandingDecision,
} from '@gatehouse/core';
import { lockSeen, writeSuspension } from '../members/change-member';
import type { TenantTransaction } from '../transaction';
import { admitPerson } from './admit-person';
import { applyMappedRoles } from './apply-mapped-roles';
import { describeWrite } from './describe-write';
import { endAccess } from './end-access';
import { followProfile } from './follow-profile';
import { because, type PersonChange, type Settled } from './settlement';
import { lookAtPerson, type Situation } from './standing-facts';
import { writeStanding } from './write-standing';

/** Others who change the same member at the same moment are waited for each time, so that looking again is not for ever. */
const mostLooks = 10;

/** How a write of the whole row saves a statement: it may look before, and writes the standing with the rest. */
export interface SettlingWrite {
  readonly firstLook: Promise<Situation>;
  readonly write: (settled: Settled) => Promise<void>;
}

/**
 * Decides what a directory's word on a person means for the tenant, does it, and writes the standing into the row of
 * `directory_people`. Answers with everything that happened, the write itself included; the caller notes it.
 */
export async function settlePerson(
  transaction: TenantTransaction,
  change: PersonChange,
  { firstLook, write }: SettlingWrite = standingAlone(transaction, change),
): Promise<Happening[]> {
  const still = new Set<string>();
  for (let look = 0; look < mostLooks; look++) {
    const situation = await (look === 0 ? firstLook : lookAtPerson(transaction, change));
    if (await holdStill(transaction, change, situation, still)) continue;
    const settled = await carryOut(transaction, change, situation, decideStanding(situation.facts));
    if (!settled) continue;
    await write(settled);
    return [
      ...describeWrite(change, settled),
      ...settled.happenings,
      ...(await followUp(transaction, change, situation, settled)),
    ];
  }
  throw new Error(`${change.id} was never the same twice.`);
}

function standingAlone(transaction: TenantTransaction, change: PersonChange): SettlingWrite {
  return {
    firstLook: lookAtPerson(transaction, change),
    write: (settled) => writeStanding(transaction, change, settled),
  };
}

/**
 * Whether something had to be kept from changing, and therefore to be looked at again: a member who becomes this person's,
 * or the domain for which the person waits. Whoever proves that a moment later sees that somebody waits.
 */
async function holdStill(
  transaction: TenantTransaction,
  { before, after }: PersonChange,
  { facts, member }: Situation,
  still: Set<string>,
): Promise<boolean> {
  const decision = decideStanding(facts);
  if (decision.effect === 'quarantine') {
    if (decision.reason !== 'email_domain_not_verified' || still.has('domain')) return false;
    still.add('domain');
    return lockDomain(transaction, after.email ?? '');
  }
  const isSettled = member?.id === before?.memberId && decision.effect !== 'lift';
  if (!member || isSettled || still.has(member.id)) return false;
  still.add(member.id);
  await lockSeen(transaction, member, 'owner-stays');
  return true;
}

async function lockDomain(transaction: TenantTransaction, email: string): Promise<boolean> {
  const sql = 'SELECT id FROM domains WHERE tenant_id = $1 AND name = $2 FOR SHARE';
  return (await transaction.row(sql, [transaction.tenantId, emailDomain(email)])) !== undefined;
}

async function carryOut(
  transaction: TenantTransaction,
  change: PersonChange,
  situation: Situation,
  decision: StandingDecision,
): Promise<Settled | undefined> {
  const { member } = situation;
  const brought = change.before?.brought ?? false;
  if (decision.effect === 'admit') return admit(transaction, change, situation);
  if (decision.effect === 'quarantine')
    return { ...asItIs(change, situation, decision), quarantinedFor: decision.reason };
  if (member && decision.effect === 'lift') {
    await writeSuspension(transaction, member, null);
    const lifted = because(change, { type: 'member.unsuspended', subject: member.id });
    return { ...asItIs(change, situation, decision), happenings: [lifted] };
  }
  if (member && (decision.effect === 'suspend' || decision.effect === 'remove')) {
    const access = await endAccess(transaction, change, situation, member, decision.effect);
    return access && { user: situation.user, brought, ...access };
  }
  return asItIs(change, situation, decision);
}

async function admit(
  transaction: TenantTransaction,
  change: PersonChange,
  situation: Situation,
): Promise<Settled | undefined> {
  const admission = await admitPerson(transaction, change, situation);
  if (!admission) return undefined;
  const { user, member, brought, happening } = admission;
  const wasBrought = change.before?.brought === true && change.before.userId === user.id;
  return {
    ...{ standing: 'admitted', user, memberId: member.id, brought: brought || wasBrought },
    happenings: [happening],
  };
}

/** The membership stays what it is; whose it is, is known from now on if the directory has a say over it. */
function asItIs(
  { before }: PersonChange,
  { facts, user, member }: Situation,
  { standing }: StandingDecision,
): Settled {
  const isIts = standing !== 'quarantined' && standing !== 'removed' && hasSayOverMember(facts);
  const known = before?.userId === undefined ? undefined : { id: before.userId };
  return {
    standing,
    user: isIts ? user : known,
    memberId: isIts ? member?.id : undefined,
    brought: before?.brought ?? false,
    ...(standing === 'held' && before?.heldBy !== undefined && { heldBy: before.heldBy }),
    happenings: [],
  };
}

/** Role and profile of who is a member after this; who is new came with both, and is in no group so far. */
async function followUp(
  transaction: TenantTransaction,
  change: PersonChange,
  { tenant, user }: Situation,
  { standing, memberId, brought }: Settled,
): Promise<Happening[]> {
  const { before } = change;
  if (!before || memberId === undefined) return [];
  // Of who was held, groups changed nothing meanwhile.
  const isBack = standing === 'admitted' && before.standing !== 'admitted';
  const roles = isBack ? await applyRoles(transaction, change, before.memberId !== memberId) : [];
  const followed = user && { user, memberId, brought, organisation: tenant.name };
  return followed ? [...roles, ...(await followProfile(transaction, change, followed))] : roles;
}

function applyRoles(
  transaction: TenantTransaction,
  { directory, id, at, actor }: PersonChange,
  afresh: boolean,
): Promise<Happening[]> {
  return applyMappedRoles(transaction, { directoryId: directory.id, people: [id], at, actor, afresh });
}
