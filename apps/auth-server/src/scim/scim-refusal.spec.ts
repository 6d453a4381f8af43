import { SsoError } from '@gatehouse/core';
import { refusalResponse } from './scim-refusal';

function fastifyError(statusCode: number): Error {
  return Object.assign(new Error('Request body is too large'), { statusCode });
}

describe('a refusal of a request that was not read', () => {
  it.each([
    [413, /1 MiB.*Send less at once/],
    [415, /Send the body as application\/scim\+json/],
  ])('%s says what to do [SCM-1]', (status, detail) => {
    expect(refusalResponse(fastifyError(status))).toMatchObject({
      status,
      body: { status: String(status), detail: expect.stringMatching(detail) },
    });
  });

  it('says when to come again, and what is wrong with a token [SCM-1] [SCM-5]', () => {
    const paused = new SsoError('directory_paused', 'Resume it.', { seconds: 300 });
    expect(refusalResponse(paused)).toMatchObject({ status: 503, headers: { 'retry-after': '300' } });
    const bare = refusalResponse(new SsoError('credential_missing', 'Send a token.'));
    expect(bare.headers['www-authenticate']).toBe('Bearer realm="scim"');
    const expired = refusalResponse(new SsoError('token_expired', 'Make a new one.'));
    expect(expired.headers['www-authenticate']).toBe('Bearer realm="scim", error="invalid_token"');
  });
});
