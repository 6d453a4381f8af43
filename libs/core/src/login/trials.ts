import type { Actor } from '../audit/happening';
import type { Connection } from '../connections/connection';
import { testOutdated, type Candidate, type ConnectionTests } from '../connections/connection-tests';
import type { Clock } from '../shared/clock';
import type { SsoError } from '../shared/sso-error';
import type { LoginFlow } from './login-flow';
import type { LoginFlowStore } from './login-flow-store';

/** Answers to test sign-ins, before anything in them is verified (CON-16). */
export class Trials {
  constructor(
    private readonly flows: LoginFlowStore,
    private readonly tests: ConnectionTests,
    private readonly clock: Clock,
  ) {}

  /**
   * The configuration to verify an answer under. `requestId` is what the answer claims, still unverified: it only chooses
   * between this connection's own two, and taking the flow demands the one that was chosen.
   */
  async candidateFor(connection: Connection, requestId: string | undefined): Promise<Candidate> {
    if (connection.pendingVersion === undefined || requestId === undefined) return { connection };
    const flow = await this.openFlow(connection, requestId);
    return flow?.version === undefined ? { connection } : this.tests.candidate(connection, flow.version);
  }

  /** Notes a refusal with the version that was tested, and answers with what to say: the refusal, unless the test is out of date. */
  async noteRefusal(
    connection: Connection,
    requestId: string | undefined,
    refusal: SsoError,
    actor: Actor,
  ): Promise<SsoError> {
    const flow = requestId === undefined ? undefined : await this.openFlow(connection, requestId);
    if (flow?.purpose !== 'test') return refusal;
    const { version } = flow;
    if (version !== undefined && version !== connection.pendingVersion)
      return testOutdated(connection, version);
    await this.tests.recordFailed({ connection, version }, refusal.code, actor);
    return refusal;
  }

  private openFlow({ tenantId, id }: Connection, requestId: string): Promise<LoginFlow | undefined> {
    return this.flows.findOpen(tenantId, id, requestId, this.clock.now());
  }
}
