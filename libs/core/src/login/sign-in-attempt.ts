import type { Connection } from '../connections/connection';
import { clipText } from '../shared/clip';
import type { Chance } from '../shared/chance';
import type { ErrorCode } from '../shared/error-codes';
import { traceId } from '../shared/ids';
import { CheckLog } from './check-log';
import type { LoginPurpose } from './login-flow';
import type { SeenAnswer, SignInOutcome, SignInTrace } from './sign-in-trace';

/** Who posted an answer, and when. */
export interface AttemptFacts {
  readonly connection: Connection;
  readonly reference: string;
  readonly at: Date;
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** How an attempt ended. */
export interface AttemptEnd {
  readonly outcome: SignInOutcome;
  readonly code?: ErrorCode;
  readonly purpose?: LoginPurpose;
}

/** In characters. */
const longestResponse = 32 * 1024;

/** One answer on its way through the checks, from which its trace is written. */
export class SignInAttempt {
  readonly checks: CheckLog;
  readonly #began: number;
  #seen: SeenAnswer = { attributes: [] };

  constructor(
    private readonly facts: AttemptFacts,
    private readonly chance: Chance,
    private readonly elapsed: () => number,
  ) {
    this.#began = elapsed();
    this.checks = new CheckLog(elapsed);
  }

  get userAgent(): string | undefined {
    return this.facts.userAgent;
  }

  /** What came is kept as far as PostgreSQL can keep it. */
  saw({ subject, email, attributes, response, inResponseTo, certificateFingerprint }: SeenAnswer): void {
    this.#seen = {
      ...(certificateFingerprint !== undefined && { certificateFingerprint }),
      ...(subject !== undefined && { subject: clipText(subject, 256) }),
      ...(email !== undefined && { email: clipText(email, 320) }),
      ...(response !== undefined && { response: clipText(response, longestResponse) }),
      ...(inResponseTo !== undefined && { inResponseTo: clipText(inResponseTo, 256) }),
      attributes: attributes.map((each) => ({
        ...each,
        name: clipText(each.name, 256),
        values: each.values.map((value) => clipText(value, 256)),
      })),
    };
  }

  end({ outcome, code, purpose }: AttemptEnd): SignInTrace {
    const { connection, reference, at, address, userAgent } = this.facts;
    return {
      id: traceId.create(at, this.chance),
      tenantId: connection.tenantId,
      connectionId: connection.id,
      ...{ reference, at, outcome },
      ...(purpose !== undefined && { purpose }),
      ...(code !== undefined && { code }),
      totalMs: Math.round((this.elapsed() - this.#began) * 1000) / 1000,
      checks: this.checks.list(),
      ...this.#seen,
      ...(address !== undefined && { address }),
      ...(userAgent !== undefined && { userAgent: clipText(userAgent, 300) }),
    };
  }
}
