import { configurationFingerprint, isTested, type ConnectionVersion } from '@gatehouse/core';
import { z } from 'zod';

// The largest number that PostgreSQL's integer holds.
const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);

export const versionParam = z.object({ number: versionNumber });

export const versionPage = z.object({
  before: versionNumber.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const testedVersion = z.object({ version: versionNumber.optional() });

export const rollBack = z.object({
  to: z
    .int()
    .min(1)
    .max(2_147_483_647)
    .optional()
    .describe('The number of a version that served before; absent: the one that served last.'),
});

/** A version as the API shows it. */
export function presentVersion(version: ConnectionVersion) {
  const { number, state, configuration, difference, author, createdAt } = version;
  const { lastTest, passedTest, promotedAt } = version;
  return {
    number,
    state,
    configuration,
    difference,
    author,
    createdAt,
    fingerprint: configurationFingerprint(configuration),
    tested: isTested(version),
    lastTest,
    passedTest,
    promotedAt,
  };
}
