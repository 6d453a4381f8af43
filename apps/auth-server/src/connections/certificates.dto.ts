import { z } from 'zod';

export const newCertificate = z.object({
  certificate: z.string().min(1).max(100_000).describe('PEM, or DER in base64; several one after the other.'),
});

const hexPairs = /^[0-9A-F]{2}(?::?[0-9A-F]{2}){31}$/;

/** SHA-256 in hexadecimal, as consoles show it: with colons or without, in any case. */
export const fingerprintParam = z.object({
  fingerprint: z
    .string()
    .toUpperCase()
    .regex(hexPairs, 'must be a SHA-256 fingerprint: 64 hexadecimal digits, colons between pairs or not')
    .transform((text) => (text.replaceAll(':', '').match(/../g) ?? []).join(':')),
});

export const removal = z.object({ confirm: z.enum(['true', 'false']).default('false') });
