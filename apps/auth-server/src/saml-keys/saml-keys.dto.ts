import type { SamlKey } from '@gatehouse/core';
import { z } from 'zod';
import { presentCertificate } from './present-certificate';

export const rotation = z.object({
  step: z
    .enum(['publish', 'switch', 'retire'])
    .describe(
      'publish: metadata shows a new key beside the current one. switch: it signs, the old one still decrypts. retire: the old one is gone.',
    ),
  force: z
    .boolean()
    .default(false)
    .describe(
      'Take the step before identity providers had a day to load our metadata, as when a key has leaked.',
    ),
});

const when = z.iso.datetime();

export const samlKeyList = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      state: z.enum(['next', 'current', 'previous']),
      since: when.describe('When it came into this state.'),
      createdAt: when,
      certificate: z.object({
        pem: z.string(),
        fingerprint: z.string().describe('SHA-256 over the DER.'),
        notAfter: when,
      }),
    }),
  ),
});

export function presentKeys(keys: readonly SamlKey[]) {
  return {
    items: keys.map(({ id, state, since, createdAt, certificatePem }) => ({
      id,
      state,
      since,
      createdAt,
      certificate: presentCertificate(certificatePem),
    })),
  };
}
