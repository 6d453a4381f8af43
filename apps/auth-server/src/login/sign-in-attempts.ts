import { performance } from 'node:perf_hooks';
import {
  AuditLog,
  Chance,
  Clock,
  errorCatalogue,
  SignInAttempt,
  SignInTraceStore,
  SsoError,
  Tenants,
  type Actor,
  type AttemptEnd,
  type Connection,
  type SeenAnswer,
} from '@gatehouse/core';
import { Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { stackOf } from '../http/problem.filter';

/** Begins, ends and keeps attempts to sign in. A trace that cannot be written never changes how an attempt ends. */
@Injectable()
export class SignInAttempts {
  constructor(
    private readonly traces: SignInTraceStore,
    private readonly audit: AuditLog,
    private readonly tenants: Tenants,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  begin(connection: Connection, { id, ip, headers }: FastifyRequest): SignInAttempt {
    const facts = { connection, reference: id, at: this.clock.now(), address: ip };
    const elapsed = () => performance.now();
    return new SignInAttempt({ ...facts, userAgent: headers['user-agent'] }, this.chance, elapsed);
  }

  /** Whatever it was that came, telling of it must not be what refuses it. */
  describe(attempt: SignInAttempt, answer: () => SeenAnswer): void {
    try {
      attempt.saw(answer());
    } catch (cause) {
      logLoss(cause);
    }
  }

  async accepted(attempt: SignInAttempt, end: AttemptEnd): Promise<void> {
    await this.traces.record(attempt.end(end)).catch(logLoss);
  }

  /** Writes the refusal to the trace and the audit log, both under the reference on the person's page (LOG-9). */
  async refused(attempt: SignInAttempt, refusal: SsoError, actor: Actor): Promise<void> {
    const trace = attempt.end({ outcome: 'refused', code: refusal.code });
    const { tenantId, connectionId: subject, reference } = trace;
    const data = { reference, code: refusal.code, want: refusal.details.want, got: refusal.details.got };
    const type = 'sign_in.refused';
    const because = { type, tenantId, at: this.clock.now(), actor, subject, data } as const;
    await this.traces.recordRefused(trace, because).catch(async (cause: unknown) => {
      logLoss(cause);
      // The audit log says so in any case, unless the database is away altogether.
      await this.audit.record(because).catch(logLoss);
    });
  }

  /** Says whom to ask, where the identity provider vouched for the person but nothing lets them in. */
  async named({ id, tenantId, host }: Connection, refusal: SsoError): Promise<SsoError> {
    const { text } = errorCatalogue[refusal.code];
    if (!namesOrganisation.has(text)) return refusal;
    const tenant = await this.tenants.get(tenantId).catch(() => undefined);
    if (!tenant) return refusal;
    // At a tenant's own host there is nothing but its connections: no form of ours can be sent there.
    const asks = mayBeAMember.has(text) && host === undefined && { connection: id };
    const details = { ...refusal.details, organisation: tenant.name, ...asks };
    return new SsoError(refusal.code, refusal.message, details, { cause: refusal });
  }
}

const namesOrganisation: ReadonlySet<string> = new Set([
  'outsideDomains',
  'byInvitation',
  'notLinked',
  'suspended',
  'removed',
  'deprovisioned',
  'openInvitation',
  'organisationSuspended',
  'testByAdmin',
  'noAccess',
]);

/** Whoever gets such a page may have an account that a mail could connect. */
const mayBeAMember: ReadonlySet<string> = new Set(['outsideDomains', 'notLinked']);

const logger = new Logger('audit');

function logLoss(cause: unknown): void {
  logger.error(`A sign-in could not be recorded. ${stackOf(cause)}`);
}
