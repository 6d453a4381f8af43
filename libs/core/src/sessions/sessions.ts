import type { Page } from '../audit/audit-log';
import type { Actor, Happening } from '../audit/happening';
import type { Clock } from '../shared/clock';
import { sessionId, type MemberId, type SessionId, type TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { isProvenByPerson, type Session } from './session';
import type { ListedSession, OwnSession, SessionStore } from './session-store';

/** By which session somebody asks for their own. */
export type OwnAsked = Pick<Session, 'id' | 'userId' | 'tenantId' | 'via'>;

/** Whose sessions in which tenant, as a token names them. */
export interface Holder {
  readonly userId: string;
  readonly tenantId: string;
}

/** So many in one transaction: a whole tenant's would hold their rows for minutes. */
const endedTogether = 500;

/** Who is signed in where, and how that is ended; whoever ends one, its applications are told (SES-3). */
export class Sessions {
  constructor(
    private readonly store: SessionStore,
    private readonly clock: Clock,
  ) {}

  /** Of one member, or of everybody in the tenant. */
  list(tenantId: TenantId, of: { memberId?: MemberId }, page: Page): Promise<ListedSession[]> {
    return this.store.list(tenantId, of, page, this.clock.now());
  }

  /** A person's own: in all tenants for who proved to be that person, and else in the tenant that vouches for it. */
  async listOwnAnywhere(by: OwnAsked): Promise<OwnSession[]> {
    const own = await this.store.listOfUserAnywhere(by.userId, this.clock.now());
    return isProvenByPerson(by) ? own : own.filter(({ tenant }) => tenant.id === by.tenantId);
  }

  /** Of this member only, where one is named. Throws `not_found`, of another tenant's session as of one that has ended. */
  async end(tenantId: TenantId, id: SessionId, actor: Actor, of?: MemberId): Promise<void> {
    const because = this.because(tenantId, id, actor);
    if ((await this.store.end(tenantId, id, because, of)) === 'absent') throw absent(id);
  }

  /**
   * Signs whoever holds this session out of it, whether or not the policy would let them use it now: it must not come to life
   * again by a change of the policy. Nothing for what is no live session's ID, or of somebody else than `of`.
   */
  async signOutAnywhere(id: string, of?: Holder): Promise<Session | undefined> {
    const session = sessionId.is(id) ? await this.store.findOpenAnywhere(id, this.clock.now()) : undefined;
    if (!session || (of && !isOf(session, of))) return undefined;
    const actor = { kind: 'member', id: session.memberId } as const;
    const because = this.because(session.tenantId, session.id, actor);
    return (await this.store.end(session.tenantId, session.id, because)) === 'ended' ? session : undefined;
  }

  /** Ends one of those that `listOwnAnywhere` lists. Throws `not_found`. */
  async endOwnAnywhere(by: OwnAsked, id: SessionId, address?: string): Promise<void> {
    const own = await this.listOwnAnywhere(by);
    const found = own.find(({ session }) => session.id === id);
    if (!found) throw absent(id);
    await this.endOwn(found, address);
  }

  /** Ends all of those but the one that is asked by, and says how many. */
  async endOthersAnywhere(by: OwnAsked, address?: string): Promise<number> {
    const own = await this.listOwnAnywhere(by);
    const others = own.filter(({ session }) => session.id !== by.id);
    for (const other of others) await this.endOwn(other, address);
    return others.length;
  }

  /** Ends all sessions of one member and says how many; none where there is no such member. */
  endAllOf(tenantId: TenantId, memberId: MemberId, actor: Actor): Promise<number> {
    return this.endAll(tenantId, actor, { memberId });
  }

  /** Ends all sessions of a tenant, or of one member of it, and says how many. */
  async endAll(tenantId: TenantId, actor: Actor, of: { memberId?: MemberId } = {}): Promise<number> {
    const which = { ...of, openedUntil: this.clock.now() };
    const because = (ended: SessionId) => this.because(tenantId, ended, actor);
    for (let count = 0; ;) {
      const ended = await this.store.endSome(tenantId, which, endedTogether, because);
      count += ended.length;
      if (ended.length < endedTogether) return count;
    }
  }

  // It may have ended meanwhile, which is what was asked for.
  private async endOwn({ session }: OwnSession, address: string | undefined): Promise<void> {
    const { tenantId, memberId, id } = session;
    const actor = { kind: 'member', id: memberId, ...(address === undefined ? {} : { address }) } as const;
    await this.store.end(tenantId, id, this.because(tenantId, id, actor));
  }

  private because(tenantId: TenantId, subject: SessionId, actor: Actor): Happening {
    return { type: 'session.ended', tenantId, at: this.clock.now(), actor, subject };
  }
}

function isOf(session: Session, { userId, tenantId }: Holder): boolean {
  return session.userId === userId && session.tenantId === tenantId;
}

function absent(id: SessionId): SsoError {
  return new SsoError('not_found', 'There is no such session, or it has ended.', { got: id });
}
