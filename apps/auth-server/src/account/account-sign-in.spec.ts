import { accountSignInUrl, ownPathOr } from './account-sign-in';

describe('where the account pages send a browser', () => {
  it.each(['/account', '/account/security', '/account/sessions', '/invitations/abc_-9', '/emergency'])(
    'is back to %s',
    (path) => expect(ownPathOr(path, '/account')).toBe(path),
  );

  it.each([
    'https://evil.example/account',
    '//evil.example/account',
    '/\\evil.example',
    '/account/../login',
    '/account?next=https://evil.example',
    '/account#x',
    '/account//evil.example',
    '/accountant',
    '/oidc/session/end',
    'javascript:alert(1)',
    '/account/%2f%2fevil.example',
    '/account\n/x',
    '',
    undefined,
  ])('is never %p [SEC-2]', (path) => expect(ownPathOr(path, '/account')).toBe('/account'));

  it('is the issuer first, which asks again where a fresh sign-in is wanted [SES-2]', () => {
    const publicUrl = 'https://login.example.com';
    const url = new URL(
      accountSignInUrl(
        { publicUrl },
        { returnTo: '/account/security', tenant: 'acme', way: 'password', anew: true },
      ),
    );
    expect(`${url.origin}${url.pathname}`).toBe(`${publicUrl}/oidc/auth`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      redirect_uri: `${publicUrl}/account/signed-in`,
      state: '/account/security',
      tenant: 'acme',
      prompt: 'login',
      way: 'password',
      code_challenge_method: 'S256',
    });
  });
});
