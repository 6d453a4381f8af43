import type { OutgoingLogout } from './idp-logout';
import type { IdpSession, IdpSessions } from './idp-sessions';
import type { DemoPerson } from './demo-person';
import { claimedIssuer, readLogoutForm, readLogoutRedirect } from './read-logout';
import type { ReadLogout } from './read-logout';
import { nameIdOf, STATUS_SUCCESS } from './response-facts';
import type { SamlIdp } from './saml-idp';
import { readSpMetadata } from './sp-metadata';
import type { SpMetadata } from './sp-metadata';

/** Fetches the metadata of a service; rejects for one that may not be asked. */
export type MetadataOf = (entityId: string) => Promise<string>;

/** What a service said when it was told that somebody leaves. */
export interface ToldService {
  readonly service: string;
  readonly outcome: string;
  readonly left: boolean;
}

/** One person's way out: who still has to hear of it, and to whom it is answered in the end. */
export interface Departure {
  readonly person: DemoPerson;
  readonly sessionIndexes: readonly string[];
  readonly untold: readonly string[];
  readonly told: readonly ToldService[];
  /** Absent where somebody pressed the button here. */
  readonly askedBy?: Asker;
}

interface Asker {
  readonly sloUrl: string;
  readonly requestId: string;
  readonly binding: 'redirect' | 'post';
  readonly relayState: string | undefined;
}

/** A logout message as it arrived, by either binding; `url` is what the browser opened, octet by octet. */
export interface LogoutArrival {
  readonly binding: 'redirect' | 'post';
  readonly url: string;
  readonly fields: Readonly<Record<string, string | undefined>>;
}

/** Where the browser goes next. */
export type Step =
  | { readonly kind: 'redirect' | 'post'; readonly message: OutgoingLogout }
  | { readonly kind: 'done'; readonly departure: Departure };

const MOST_WAITING = 500;

/** Single logout (SAML Profiles 4.4): our session ends first, then one service after the other is told. */
export class IdpDepartures {
  private readonly waiting = new Map<string, { readonly departure: Departure; readonly service: string }>();

  constructor(
    private readonly idp: SamlIdp,
    private readonly sessions: IdpSessions,
    private readonly metadataOf: MetadataOf,
  ) {}

  /** Somebody pressed the button: every service of this session hears of it. */
  leave(session: IdpSession): Promise<Step> {
    const { person, sessionIndex, services } = session;
    this.sessions.end(session);
    return this.tellNext({ person, sessionIndexes: [sessionIndex], untold: [...services], told: [] });
  }

  /** A request or an answer of a service; throws where its signature, address or time is wrong. */
  async receive(arrival: LogoutArrival): Promise<Step> {
    const sender = await this.service(claimedIssuer(arrival.fields, arrival.binding));
    const message = verified(arrival, sender);
    requireEqual('Destination', message.attributes['Destination'], this.idp.sloUrl);
    return message.kind === 'LogoutRequest'
      ? this.asked(message, arrival, sender)
      : this.answered(message, sender);
  }

  private asked(
    message: ReadLogout,
    { binding }: LogoutArrival,
    { entityId, sloUrl }: SpMetadata,
  ): Promise<Step> {
    const { NotOnOrAfter: end = '', ID: requestId = '' } = message.attributes;
    if (!(Date.parse(end) > this.idp.now().getTime()))
      throw new Error(`The logout request has expired: ${end}`);
    if (sloUrl === undefined) throw new Error(`${entityId} says nowhere where to send the answer`);
    const ended = this.sessions.named(entityId, message);
    ended.forEach((session) => this.sessions.end(session));
    const others = ended.flatMap(({ services }) => [...services]).filter((service) => service !== entityId);
    return this.tellNext({
      person: ended[0]?.person ?? { nameId: message.nameId },
      sessionIndexes: ended.map(({ sessionIndex }) => sessionIndex),
      untold: [...new Set(others)],
      told: [],
      askedBy: { sloUrl, requestId, binding, relayState: message.relayState },
    });
  }

  private answered(message: ReadLogout, { entityId }: SpMetadata): Promise<Step> {
    const { InResponseTo: requestId = '' } = message.attributes;
    const { departure, service } = this.waiting.get(requestId) ?? {};
    if (departure === undefined) throw new Error(`Nobody here waits for an answer to ${requestId}`);
    requireEqual('Issuer', entityId, service);
    this.waiting.delete(requestId);
    const [status = 'no status'] = message.statusCodes;
    const left = status === STATUS_SUCCESS;
    return this.tellNext(
      heard(departure, { service: entityId, outcome: left ? 'signed out' : status, left }),
    );
  }

  private async tellNext(departure: Departure): Promise<Step> {
    const [service, ...untold] = departure.untold;
    if (service === undefined) return this.finish(departure);
    const rest = { ...departure, untold };
    const known = await this.service(service).catch(reason);
    if (typeof known !== 'string' && known.sloUrl !== undefined)
      return { kind: 'redirect', message: this.tell(rest, service, known.sloUrl) };
    const outcome = typeof known === 'string' ? known : 'knows no logout';
    return this.tellNext(heard(rest, { service, outcome, left: false }));
  }

  private tell(departure: Departure, service: string, sloUrl: string): OutgoingLogout {
    const { person, sessionIndexes } = departure;
    const message = this.idp.logout.request(sloUrl, { ...nameIdOf(person), sessionIndexes });
    this.waiting.set(message.id, { departure, service });
    const [oldest = ''] = this.waiting.keys();
    if (this.waiting.size > MOST_WAITING) this.waiting.delete(oldest);
    return message;
  }

  /** The answer goes by the binding of the request, with its RelayState (SAML Profiles 4.4.3.4). */
  private finish(departure: Departure): Step {
    const { askedBy } = departure;
    if (askedBy === undefined) return { kind: 'done', departure };
    const { sloUrl, requestId, binding, relayState } = askedBy;
    const changes = relayState === undefined ? {} : { relayState };
    return { kind: binding, message: this.idp.logout.response(sloUrl, requestId, changes) };
  }

  private async service(entityId: string): Promise<SpMetadata> {
    const metadata = readSpMetadata(await this.metadataOf(entityId));
    requireEqual('entityID', metadata.entityId, entityId);
    return metadata;
  }
}

function heard(departure: Departure, told: ToldService): Departure {
  return { ...departure, told: [...departure.told, told] };
}

/** A service may have two keys for a while: one of them has to fit. */
function verified({ binding, url, fields }: LogoutArrival, sender: SpMetadata): ReadLogout {
  const problems: string[] = [];
  for (const pem of sender.signingCertificatesPem) {
    try {
      return binding === 'redirect' ? readLogoutRedirect(url, pem) : readLogoutForm(fields, pem);
    } catch (error) {
      problems.push(reason(error));
    }
  }
  throw new Error(`No key of ${sender.entityId} fits: ${problems.join('; ')}`);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function requireEqual(what: string, got: string | undefined, want: string | undefined): void {
  if (got !== want) throw new Error(`${what} is ${got ?? 'absent'}, and has to be ${want ?? 'absent'}`);
}
