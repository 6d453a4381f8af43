import { SsoError } from '@gatehouse/core';
import { readBearer } from './bearer';

const secret = `gatehouse_${'0123456789abcdef'.repeat(4)}01234567`;

function sent(authorization?: string, url = '/api/v1/me', rawHeaders?: string[]) {
  const headers = authorization === undefined ? {} : { authorization };
  const raw = rawHeaders ?? (authorization === undefined ? [] : ['Authorization', authorization]);
  return { url, headers, raw: { rawHeaders: raw } };
}

function refusalOf(request: Parameters<typeof readBearer>[0]): SsoError {
  try {
    readBearer(request);
  } catch (thrown) {
    if (thrown instanceof SsoError) return thrown;
  }
  throw new Error('It was not refused.');
}

describe('the key of a call', () => {
  it('is what stands behind the word Bearer, however that is written [APP-3]', () => {
    expect(readBearer(sent())).toBeUndefined();
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'Bearer '])
      expect(readBearer(sent(`${scheme} ${secret}`))).toBe(secret);
  });

  it.each([
    '',
    'Bearer',
    'Bearer ',
    `Bearer${secret}`,
    `Basic ${secret}`,
    secret,
    `Bearer ${secret} x`,
    `Bearer a, Bearer b`,
  ])('is not read from %p, nor is the browser asked instead [SEC-2]', (header) =>
    expect(refusalOf(sent(header)).code).toBe('credential_invalid'),
  );

  it.each(['authorization', 'AUTHORIZATION', 'Authorization'])(
    'is not taken from one of two headers: a proxy may have judged by the other (%s) [SEC-3]',
    (second) => {
      const raw = ['Authorization', 'Bearer one', 'Accept', '*/*', second, 'Bearer two'];
      expect(refusalOf(sent('Bearer one', undefined, raw)).code).toBe('credential_ambiguous');
    },
  );

  it('may stand as the value of another header beside it', () => {
    const raw = ['X-Note', 'authorization', 'Authorization', 'Bearer one'];
    expect(readBearer(sent('Bearer one', undefined, raw))).toBe('one');
  });

  it.each([
    `/api/v1/me?access_token=${secret}`,
    '/api/v1/me?limit=1&access_token=x',
    '/api/v1/me?API_KEY=x',
    `/api/v1/me?anything=${secret}`,
    `/api/v1/tenants/${secret}`,
  ])('is refused in an address, and not repeated: %s [SES-4]', (url) => {
    const refusal = refusalOf(sent(`Bearer ${secret}`, url));
    expect(refusal.code).toBe('credential_misplaced');
    expect(JSON.stringify([refusal.message, refusal.details])).not.toContain('0123456789abcdef');
  });
});
