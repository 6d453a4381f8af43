import type { Actor } from '../audit/happening';
import type { Member, Person } from '../members/member';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { sessionId, type ConnectionId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { Tenant } from '../tenants/tenant';
import type { NameId } from './name-id';
import { sessionEnd, type Session } from './session';
import type { SessionStore, WaitingFlow } from './session-store';

/** How the person proved who it is. */
export interface Proof {
  readonly via: Session['via'];
  readonly connectionId: ConnectionId;
  readonly authenticatedAt: Date;
  readonly sessionIndex?: string | undefined;
  readonly nameId?: NameId | undefined;
  readonly notOnOrAfter?: Date | undefined;
  readonly groups: readonly string[];
  readonly attributes?: Session['attributes'] | undefined;
  /** Nobody here asked for this sign-in: it began at the identity provider. */
  readonly idpInitiated?: boolean;
}

/** The one place where any way of signing in becomes a session: what forbids a sign-in is checked here. */
export class SessionOpener {
  constructor(
    private readonly store: SessionStore,
    private readonly clock: Clock,
    private readonly chance: Chance,
    private readonly lifetimeMs: number,
  ) {}

  /** Throws `tenant_suspended` or `member_suspended`. */
  async open(
    tenant: Tenant,
    person: Person,
    proof: Proof,
    actor: Actor,
    waiting?: WaitingFlow,
  ): Promise<Session> {
    refuseSuspended(tenant, person.member);
    const now = this.clock.now();
    const session = this.describe(tenant, person, proof, now);
    const { via, connectionId } = session;
    const begun = proof.idpInitiated === true ? { idpInitiated: true } : {};
    const data = { via, connectionId, sessionId: session.id, ...begun };
    const because = {
      type: 'sign_in.succeeded',
      tenantId: tenant.id,
      at: now,
      actor,
      subject: person.member.id,
    } as const;
    await this.store.open(tenant.id, session, { ...because, data }, waiting);
    return session;
  }

  private describe(tenant: Tenant, person: Person, proof: Proof, now: Date): Session {
    const { via, connectionId, sessionIndex, nameId, groups, attributes, authenticatedAt } = proof;
    return {
      id: sessionId.create(now, this.chance),
      tenantId: tenant.id,
      userId: person.user.id,
      memberId: person.member.id,
      via,
      connectionId,
      ...(sessionIndex === undefined ? {} : { sessionIndex }),
      ...(nameId === undefined ? {} : { nameId }),
      groups,
      ...(attributes && { attributes }),
      authenticatedAt,
      createdAt: now,
      expiresAt: sessionEnd(now, this.lifetimeMs, proof.notOnOrAfter),
    };
  }
}

/** Throws `tenant_suspended` or `member_suspended`. */
export function refuseSuspended(tenant: Tenant, member: Member | undefined): void {
  if (tenant.suspendedAt)
    throw new SsoError('tenant_suspended', 'This organisation is suspended. Ask the service that you use.', {
      want: 'an organisation that is not suspended',
      got: `suspended since ${tenant.suspendedAt.toISOString()}`,
    });
  if (member?.suspendedAt)
    throw new SsoError('member_suspended', 'Your access is suspended. Ask an owner of your organisation.', {
      want: 'a member who is not suspended',
      got: `suspended since ${member.suspendedAt.toISOString()}`,
    });
}
