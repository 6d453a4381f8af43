import type { Actor, Happening, HappeningType } from '../audit/happening';
import type { Connection } from '../connections/connection';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { logoutId, type SessionId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { logoutLifetimeMs, type AskedLogout, type StartedLogout } from './logout';
import type { LogoutStore } from './logout-store';
import type { Session } from './session';

/** Logout between us and an identity provider, begun on either side (SML-11). */
export class SingleLogout {
  constructor(
    private readonly store: LogoutStore,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** The identity provider asks: ends what the request names, of this connection only. Throws `saml_replay`. */
  async endSessions(connection: Connection, asked: AskedLogout, actor: Actor): Promise<readonly SessionId[]> {
    const now = this.clock.now();
    const { id, tenantId } = connection;
    const ended = await this.store.endSessions(tenantId, id, asked, now, (sessions) => [
      this.because('logout.received', connection, actor, id, {
        requestId: asked.requestId,
        sessions: sessions.length,
      }),
      ...sessions.map((session) =>
        this.because('session.ended', connection, actor, session, { requestId: asked.requestId }),
      ),
    ]);
    if (ended !== 'replayed') return ended;
    throw new SsoError('saml_replay', 'This logout request was used before. Sign out again.', {
      want: 'a request ID that was not seen before',
      got: asked.requestId.slice(0, 128),
    });
  }

  /** We ask the identity provider, after our own session has ended: it may answer or not. */
  async start(
    connection: Connection,
    session: Session,
    returnUrl: string,
    actor: Actor,
  ): Promise<StartedLogout> {
    const startedAt = this.clock.now();
    const logout: StartedLogout = {
      id: logoutId.create(startedAt, this.chance),
      tenantId: connection.tenantId,
      connectionId: connection.id,
      sessionId: session.id,
      // SAML Core 1.3.4: an xs:ID of at least 128 random bits; it may not begin with a digit.
      requestId: `_${Buffer.from(this.chance.bytes(20)).toString('hex')}`,
      returnUrl,
      startedAt,
      expiresAt: new Date(startedAt.getTime() + logoutLifetimeMs),
    };
    const data = { requestId: logout.requestId, sessionId: session.id };
    const because = this.because('logout.sent', connection, actor, connection.id, data);
    await this.store.start(connection.tenantId, logout, because);
    return logout;
  }

  /** The identity provider has answered; whatever it says, the person is signed out here and goes on. */
  async finish(
    connection: Connection,
    answer: { readonly inResponseTo: string; readonly status: string },
    actor: Actor,
  ): Promise<string> {
    const { id, tenantId } = connection;
    const { inResponseTo, status } = answer;
    const taken = await this.store.take(tenantId, id, inResponseTo, this.clock.now(), ({ sessionId }) =>
      this.because('logout.answered', connection, actor, id, { requestId: inResponseTo, sessionId, status }),
    );
    if (taken) return taken.returnUrl;
    throw new SsoError(
      'saml_in_response_to_unknown',
      'This answers no logout that is under way here. You are signed out already.',
      { want: 'the ID of an unanswered logout request to this connection', got: inResponseTo.slice(0, 128) },
    );
  }

  private because(
    type: HappeningType,
    { tenantId }: Connection,
    actor: Actor,
    subject: string,
    data: Readonly<Record<string, unknown>>,
  ): Happening {
    return { type, tenantId, at: this.clock.now(), actor, subject, data };
  }
}
