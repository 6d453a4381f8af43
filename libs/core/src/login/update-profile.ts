import type { Actor, Happening } from '../audit/happening';
import type { Connection } from '../connections/connection';
import type { AddressCollisionMessage } from '../mail/mail-message';
import { emailDomain, emailKey, type Person } from '../members/member';
import type { Clock } from '../shared/clock';
import { clipText } from '../shared/clip';
import type { Tenant } from '../tenants/tenant';
import type { ProfileFacts, ProfileLink, ProfileStore } from './profile-store';
import { displayName, type VerifiedIdentity } from './verified-identity';

/** What an identity says of its person that the account does not say. */
interface Difference {
  readonly email?: string;
  readonly name?: string;
}

/** Why an address stays what it was (LNK-11). The account's holder decides where other organisations rely on it as well. */
export type HoldReason = 'domain_not_verified' | 'address_in_use' | 'holder_decides';

export type ProfileDecision =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'take'; readonly email?: string; readonly name?: string }
  /** A name that came along is taken at the next sign-in. */
  | { readonly kind: 'hold'; readonly email: string; readonly reason: HoldReason };

const longestName = 200;

/**
 * A linked identity goes on being whom it is linked to, whatever address and name it carries now: they only update the
 * profile, and of somebody who is in other tenants as well not even that.
 */
export function decideProfile({ email, name }: Difference, facts: ProfileFacts): ProfileDecision {
  const naming = name === undefined || facts.elsewhere ? {} : { name };
  const reason = email === undefined ? undefined : reasonToHold(facts);
  if (email !== undefined && reason && facts.held !== emailKey(email)) return { kind: 'hold', email, reason };
  const taken = { ...(email !== undefined && !reason && { email }), ...naming };
  return Object.keys(taken).length > 0 ? { kind: 'take', ...taken } : { kind: 'nothing' };
}

function reasonToHold({ elsewhere, domainIsVerified, addressIsTaken }: ProfileFacts): HoldReason | undefined {
  if (!domainIsVerified) return 'domain_not_verified';
  if (elsewhere) return 'holder_decides';
  return addressIsTaken ? 'address_in_use' : undefined;
}

/** Keeps e-mail and name of an account as its identity provider has them (LNK-11). */
export class UpdateProfile {
  constructor(
    private readonly store: ProfileStore,
    private readonly clock: Clock,
  ) {}

  /** For a person whom this very identity is linked to. Asks the database nothing where nothing changed. */
  async follow(
    person: Person,
    tenant: Tenant,
    connection: Connection,
    identity: VerifiedIdentity,
    actor: Actor,
  ): Promise<Person> {
    const different = differenceOf(person, identity);
    if (!different) return person;
    const link = linkOf(person, connection, identity);
    const facts = await this.store.look(tenant.id, link, addressOf(different.email ?? person.user.email));
    const decision = decideProfile(different, facts);
    const what = this.what(person, connection, actor);
    if (decision.kind === 'nothing') return person;
    if (decision.kind === 'take') {
      const because = updated(person, decision, what);
      return { ...person, user: await this.store.take(tenant.id, link, decision, because) };
    }
    const letter = collisionOf(decision, person, tenant, connection);
    return {
      ...person,
      user: await this.store.hold(tenant.id, link, decision.email, held(decision, what), letter),
    };
  }

  private what({ member }: Person, { id: connectionId, tenantId }: Connection, actor: Actor): What {
    return { tenantId, at: this.clock.now(), actor, subject: member.id, data: { connectionId } };
  }
}

type What = Omit<Happening, 'type'>;

function linkOf({ user }: Person, { id: connectionId }: Connection, identity: VerifiedIdentity): ProfileLink {
  const { issuer, subject } = identity;
  return { userId: user.id, connectionId, issuer, subject };
}

function addressOf(email: string) {
  return { key: emailKey(email), domain: emailDomain(email) };
}

function differenceOf({ user }: Person, identity: VerifiedIdentity): Difference | undefined {
  const { email } = identity;
  const said = displayName(identity)?.trim();
  const name = said === undefined || said === '' ? undefined : clipText(said, longestName);
  const different = {
    ...(email !== undefined && emailKey(email) !== emailKey(user.email) && { email }),
    ...(name !== undefined && name !== user.name && { name }),
  };
  return Object.keys(different).length > 0 ? different : undefined;
}

function updated({ user }: Person, { email, name }: Difference, what: What): Happening {
  const before = { email: user.email, name: user.name };
  const after = { email: email ?? user.email, name: name ?? user.name };
  return { ...what, type: 'member.profile_updated', before, after };
}

function held({ email, reason }: { email: string; reason: HoldReason }, what: What): Happening {
  return { ...what, type: 'member.address_held', data: { ...what.data, address: email, reason } };
}

/** The owners are told of two accounts that want one address; of all else the audit log tells. */
function collisionOf(
  { email: address, reason }: { email: string; reason: HoldReason },
  { user: { email: person } }: Person,
  { name: organisation }: Tenant,
  { label: connection }: Connection,
): AddressCollisionMessage | undefined {
  if (reason !== 'address_in_use') return undefined;
  return { kind: 'address-collision', organisation, connection, person, address };
}
