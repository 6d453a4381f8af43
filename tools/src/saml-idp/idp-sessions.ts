import { randomBytes } from 'node:crypto';
import type { LogoutName } from './idp-logout';
import type { DemoPerson } from './demo-person';

/** Somebody signed in at the identity provider in one browser, and where they went from there. */
export interface IdpSession {
  readonly id: string;
  /** SAML Core 2.7.2: what every service is told, so that it can be named again when somebody leaves. */
  readonly sessionIndex: string;
  readonly person: DemoPerson;
  /** Entity IDs of the services. */
  readonly services: Set<string>;
}

const COOKIE = 'demo_idp_session';
/** Choosing a person needs no password, so anybody may make any number of sessions. */
const MOST = 500;

/** Who is signed in at the identity provider: in memory, so a restart signs everybody out of it. */
export class IdpSessions {
  private readonly sessions = new Map<string, IdpSession>();

  /** The session of the browser with this Cookie header. */
  of(cookies: string | undefined): IdpSession | undefined {
    const pairs = (cookies ?? '').split(';').map((pair) => pair.trim());
    const own = pairs.find((pair) => pair.startsWith(`${COOKIE}=`));
    return this.sessions.get(own?.slice(COOKIE.length + 1) ?? '');
  }

  /** The browser's session if it is of this person; else a new one in its place. */
  signIn(cookies: string | undefined, person: DemoPerson): IdpSession {
    const current = this.of(cookies);
    if (current?.person.nameId === person.nameId) return current;
    if (current) this.end(current);
    const session = {
      id: unguessable(),
      sessionIndex: `_${unguessable()}`,
      person,
      services: new Set<string>(),
    };
    this.sessions.set(session.id, session);
    const [oldest = ''] = this.sessions.keys();
    if (this.sessions.size > MOST) this.sessions.delete(oldest);
    return session;
  }

  /** SAML Core 3.7.1: the person's sessions that this service takes part in; where indexes are named, only those. */
  named(service: string, { nameId, sessionIndexes = [] }: LogoutName): IdpSession[] {
    return [...this.sessions.values()].filter(
      ({ person, services, sessionIndex }) =>
        person.nameId === nameId &&
        services.has(service) &&
        (sessionIndexes.length === 0 || sessionIndexes.includes(sessionIndex)),
    );
  }

  end({ id }: IdpSession): void {
    this.sessions.delete(id);
  }
}

/** Lax, so that no form of another site signs anybody out. */
export function sessionCookie({ id }: IdpSession): string {
  return `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax`;
}

function unguessable(): string {
  return randomBytes(20).toString('hex');
}
