import {
  AuditLog,
  Chance,
  Clock,
  SamlKeys,
  serviceProvider,
  SingleLogout,
  SsoError,
  type Actor,
  type Connection,
  type IdpDescription,
} from '@gatehouse/core';
import {
  buildLogoutResponse,
  logoutEndpoint,
  postForm,
  readLogoutRequest,
  redirectAddress,
  verifyLogoutRequest,
  verifyLogoutResponse,
  type AuthenticLogoutRequest,
  type IncomingMessage,
  type LogoutStatus,
} from '@gatehouse/saml';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { stackOf } from '../http/problem.filter';
import type { Departure } from '../http/departure';

/** A connection whose identity provider is known. */
export type Described = Connection & { readonly idp: IdpDescription };

const logger = new Logger('logout');

/** What identity providers send to our logout address: their own requests, and answers to ours (SML-11). */
@Injectable()
export class AnswerLogout {
  constructor(
    private readonly logout: SingleLogout,
    private readonly keys: SamlKeys,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly chance: Chance,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Ends what an authentic request names. Nothing to send where the identity provider has no place for an answer. */
  async answer(
    connection: Described,
    message: IncomingMessage,
    actor: Actor,
  ): Promise<Departure | undefined> {
    const expected = this.expectations(connection);
    const authentic = verifyLogoutRequest(message, expected);
    const status = await this.carryOut(connection, authentic, actor);
    const endpoint = logoutEndpoint(connection.idp, message.binding);
    if (!endpoint) return undefined;
    const response = buildLogoutResponse({
      ...{ serviceProvider: expected.serviceProvider, endpoint, now: expected.now, status },
      // SAML Core 1.3.4: an xs:ID of at least 128 random bits; it may not begin with a digit.
      id: `_${Buffer.from(this.chance.bytes(20)).toString('hex')}`,
      inResponseTo: authentic.id,
      relayState: message.relayState,
      signer: await this.keys.signing(),
    });
    return endpoint.binding === 'redirect'
      ? { binding: 'redirect', url: redirectAddress(response) }
      : { binding: 'post', form: postForm(response) };
  }

  /** Where the browser goes on after a logout of ours. */
  finish(connection: Described, message: IncomingMessage, actor: Actor): Promise<string> {
    const answer = verifyLogoutResponse(message, this.expectations(connection));
    return this.logout.finish(connection, answer, actor);
  }

  async record(connection: Connection, refusal: SsoError, actor: Actor, reference?: string): Promise<void> {
    const { tenantId, id: subject } = connection;
    const data = { reference, code: refusal.code, want: refusal.details.want, got: refusal.details.got };
    const at = this.clock.now();
    await this.audit.record({ type: 'logout.refused', tenantId, at, actor, subject, data });
  }

  // SAML Core 3.7.3: who asked is known by now, so what cannot be done is told to them, not to the person.
  private async carryOut(
    connection: Connection,
    authentic: AuthenticLogoutRequest,
    actor: Actor,
  ): Promise<LogoutStatus> {
    const asked = await this.read(connection, authentic, actor);
    if (!asked) return 'Requester';
    try {
      await this.logout.endSessions(connection, asked, actor);
      return 'Success';
    } catch (error) {
      if (error instanceof SsoError) throw error;
      logger.error(stackOf(error));
      return 'Responder';
    }
  }

  private async read(connection: Connection, authentic: AuthenticLogoutRequest, actor: Actor) {
    try {
      return readLogoutRequest(authentic);
    } catch (error) {
      if (!(error instanceof SsoError)) throw error;
      await this.record(connection, error, actor);
      return undefined;
    }
  }

  private expectations(connection: Described) {
    const { idp, settings } = connection;
    const own = serviceProvider(this.config.publicUrl, connection);
    return { idp, settings, serviceProvider: own, now: this.clock.now() };
  }
}
