import { refuseDraft } from '../connections/connections';
import type { Connection } from '../connections/connection';
import type { Protocols } from '../connections/protocols';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { flowId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { hashToken } from '../shared/token';
import {
  flowLifetimeMs,
  loopRounds,
  loopWindowMs,
  type LinkOrder,
  type LoginFlow,
  type LoginPurpose,
} from './login-flow';
import type { LoginFlowStore } from './login-flow-store';

/** Who begins: the browser that holds `browserKey`, for the issuer's interaction, for a test or to link an account. */
export interface LoginStart {
  readonly purpose: LoginPurpose;
  /** The pending version that is tested, as which the connection is given. */
  readonly version?: number | undefined;
  readonly browserKey: string;
  readonly interactionId?: string;
  readonly link?: LinkOrder;
}

/** Begins a round to a connection's identity provider. */
export class StartLogin {
  constructor(
    private readonly flows: LoginFlowStore,
    private readonly protocols: Protocols,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** Throws `protocol_disabled`, `connection_incomplete`, `connection_disabled` or `sign_in_loop`. */
  async begin(connection: Connection, start: LoginStart): Promise<LoginFlow> {
    this.protocols.refuseClosed(connection.protocol);
    refuseDraft(connection);
    if (start.purpose !== 'test') refuseDisabled(connection);
    const startedAt = this.clock.now();
    const flow: LoginFlow = {
      id: flowId.create(startedAt, this.chance),
      tenantId: connection.tenantId,
      connectionId: connection.id,
      purpose: start.purpose,
      ...(start.version === undefined ? {} : { version: start.version }),
      // SAML Core 1.3.4: an xs:ID of at least 128 random bits; it may not begin with a digit.
      requestId: `_${Buffer.from(this.chance.bytes(20)).toString('hex')}`,
      browserKeyHash: hashToken(start.browserKey),
      ...(start.interactionId === undefined ? {} : { interactionId: start.interactionId }),
      ...(start.link === undefined ? {} : { link: start.link }),
      startedAt,
      expiresAt: new Date(startedAt.getTime() + flowLifetimeMs),
    };
    const limit = { most: loopRounds, since: new Date(startedAt.getTime() - loopWindowMs) };
    // Nothing sends a browser back to a test or to a link: who repeats one is a person at work.
    const limited = start.purpose === 'sign-in' ? limit : undefined;
    if ((await this.flows.start(connection.tenantId, flow, limited)) === 'looping') throw loop(connection);
    return flow;
  }
}

function loop({ id }: Connection): SsoError {
  return new SsoError(
    'sign_in_loop',
    `This browser was sent to the identity provider ${loopRounds} times in ${loopWindowMs / 1000} seconds and never came back ` +
      'with an answer that ended in a session. Compare the ACS URL and the entity ID at the identity provider with ours, ' +
      "and set its clock; the connection's sign-in log shows the answers that came.",
    { want: 'one round', got: loopRounds, connection: id },
  );
}

export function refuseDisabled(connection: Connection): void {
  if (connection.enabledAt) return;
  throw new SsoError('connection_disabled', 'Sign-in through this identity provider is switched off.', {
    want: 'a connection that is switched on',
    got: connection.id,
  });
}
