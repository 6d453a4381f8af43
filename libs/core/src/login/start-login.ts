import { refuseDraft } from '../connections/connections';
import type { Connection } from '../connections/connection';
import type { Protocols } from '../connections/protocols';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { flowId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { hashToken } from '../shared/token';
import { flowLifetimeMs, type LoginFlow } from './login-flow';
import type { LoginFlowStore } from './login-flow-store';

/** Who begins: the browser that holds `browserKey`, for the issuer's interaction or for a test. */
export interface LoginStart {
  readonly purpose: LoginFlow['purpose'];
  /** The pending version that is tested, as which the connection is given. */
  readonly version?: number | undefined;
  readonly browserKey: string;
  readonly interactionId?: string;
}

/** Begins a round to a connection's identity provider. */
export class StartLogin {
  constructor(
    private readonly flows: LoginFlowStore,
    private readonly protocols: Protocols,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** Throws `protocol_disabled`, `connection_incomplete` or `connection_disabled`. */
  async begin(connection: Connection, start: LoginStart): Promise<LoginFlow> {
    this.protocols.refuseClosed(connection.protocol);
    refuseDraft(connection);
    if (start.purpose === 'sign-in') refuseDisabled(connection);
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
      startedAt,
      expiresAt: new Date(startedAt.getTime() + flowLifetimeMs),
    };
    await this.flows.start(connection.tenantId, flow);
    return flow;
  }
}

export function refuseDisabled(connection: Connection): void {
  if (connection.enabledAt) return;
  throw new SsoError('connection_disabled', 'Sign-in through this identity provider is switched off.', {
    got: connection.id,
  });
}
