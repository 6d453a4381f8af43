import type { Actor } from '../audit/happening';
import type { ErrorCode } from '../shared/error-codes';
import type { ConnectionId, TenantId } from '../shared/ids';
import {
  configurationFingerprint,
  type Connection,
  type IdpDescription,
  type PassedTest,
  type TrustSettings,
} from './connection';

/** What a connection trusts: the part of it that has versions. */
export interface TrustConfiguration {
  readonly idp: IdpDescription;
  readonly metadataUrl?: string;
  readonly settings: TrustSettings;
}

/** `discarded`: replaced or given up before it served, or rolled back from. */
export const versionStates = ['pending', 'serving', 'retired', 'discarded'] as const;
export type VersionState = (typeof versionStates)[number];

/** One configuration that a connection had, has or may get; its configuration never changes. */
export interface ConnectionVersion {
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
  /** Counts from 1 within the connection. */
  readonly number: number;
  readonly state: VersionState;
  readonly configuration: TrustConfiguration;
  /** Against the version that served when this one was made. */
  readonly difference: readonly Difference[];
  readonly author: Actor;
  readonly createdAt: Date;
  readonly lastTest?: TestResult;
  readonly passedTest?: PassedTest;
  /** When it last began to serve people; absent where it never did. */
  readonly promotedAt?: Date;
}

/** One field that differs; certificates are named by their fingerprints. */
export interface Difference {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** How one test sign-in ended. */
export interface TestResult {
  readonly at: Date;
  readonly outcome: 'passed' | ErrorCode;
  /** Who signed in, where the answer could be read so far. */
  readonly email?: string;
}

/** What serves; undefined while nothing is known of the identity provider. */
export function trustOf({ idp, metadataUrl, settings }: Connection): TrustConfiguration | undefined {
  if (!idp) return undefined;
  const { signaturePolicy, requireEncryptedAssertions, attributes } = settings;
  return {
    idp,
    ...(metadataUrl === undefined ? {} : { metadataUrl }),
    settings: { signaturePolicy, requireEncryptedAssertions, attributes },
  };
}

/** The connection as it would be with this trust. */
export function withTrust(connection: Connection, trust: TrustConfiguration): Connection {
  const { metadataUrl: _, ...rest } = connection;
  return { ...rest, ...trust, settings: { ...connection.settings, ...trust.settings } };
}

/** Whether the last passed test was of exactly this configuration (CON-17). */
export function isTested({ passedTest, configuration }: ConnectionVersion): boolean {
  return passedTest?.fingerprint === configurationFingerprint(configuration);
}
