import type { Actor, Happening } from '../audit/happening';
import type { Clock } from '../shared/clock';
import type { ErrorCode } from '../shared/error-codes';
import { SsoError } from '../shared/sso-error';
import { configurationFingerprint, type Connection } from './connection';
import { withTrust, type TestResult } from './connection-version';
import type { ConnectionVersionStore, TestNote } from './connection-version-store';
import { refuseDraft } from './connections';

/** A connection as one of its versions has it. */
export interface Candidate {
  readonly connection: Connection;
  /** The pending version that this is; absent: it is what serves. */
  readonly version?: number | undefined;
}

/** Which version of a connection a test sign-in tries, and what became of it (CON-8, CON-16). */
export class ConnectionTests {
  constructor(
    private readonly versions: ConnectionVersionStore,
    private readonly clock: Clock,
  ) {}

  /** What a test tries: the pending version where there is one, unless a number asks for what serves. Throws `test_outdated`. */
  async candidate(connection: Connection, number?: number): Promise<Candidate> {
    refuseDraft(connection);
    const { tenantId, id, version, pendingVersion } = connection;
    const wanted = number ?? pendingVersion ?? version;
    if (wanted === version) return { connection };
    const pending =
      wanted === undefined || wanted !== pendingVersion
        ? undefined
        : await this.versions.find(tenantId, id, wanted);
    if (pending) return { connection: withTrust(connection, pending.configuration), version: pending.number };
    throw testOutdated(connection, wanted);
  }

  /** The number of the version that a test would try. */
  async testable(connection: Connection, number?: number): Promise<number> {
    const { connection: tried, version } = await this.candidate(connection, number);
    const found = version ?? tried.version;
    if (found === undefined) throw testOutdated(connection, number);
    return found;
  }

  /** Notes that this very configuration signed an owner or admin in. */
  async recordPassed({ connection, version }: Candidate, email: string, actor: Actor): Promise<void> {
    const at = this.clock.now();
    const passed = { fingerprint: configurationFingerprint(connection), at, email };
    const number = version ?? connection.version;
    const outcome = await this.note(
      connection,
      number,
      { result: { at, outcome: 'passed', email }, passed },
      actor,
    );
    if (outcome === 'absent') throw testOutdated(connection, number);
  }

  /** Notes why a test was refused; one that passed before keeps counting. */
  async recordFailed({ connection, version }: Candidate, code: ErrorCode, actor: Actor): Promise<void> {
    const result: TestResult = { at: this.clock.now(), outcome: code };
    await this.note(connection, version ?? connection.version, { result }, actor);
  }

  private async note(
    { tenantId, id }: Connection,
    version: number | undefined,
    test: TestNote,
    actor: Actor,
  ): Promise<'noted' | 'absent'> {
    if (version === undefined) return 'absent';
    const because: Happening = {
      type: 'connection.tested',
      tenantId,
      at: test.result.at,
      actor,
      subject: id,
      data: { version, outcome: test.result.outcome, email: test.result.email },
    };
    return this.versions.noteTest(tenantId, id, version, test, because);
  }
}

/** Why a test cannot go on: what it was for is neither pending nor serving any more. */
export function testOutdated(connection: Connection, got: number | undefined): SsoError {
  return new SsoError(
    'test_outdated',
    'The version that this test was for was promoted, replaced or discarded meanwhile. Start a new test.',
    { want: [connection.pendingVersion, connection.version].filter((each) => each !== undefined), got },
  );
}
