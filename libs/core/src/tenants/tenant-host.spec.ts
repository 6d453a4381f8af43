import { parseTenantHost } from './tenant-host';

const publicUrl = 'https://login.example:8443';

describe('a host of a tenant of its own', () => {
  it.each([
    ['login.acme.com', 'login.acme.com'],
    [' Login.ACME.com. ', 'login.acme.com'],
    ['anmeldung.bücher.example', 'anmeldung.xn--bcher-kva.example'],
    ['acme.login.example', 'acme.login.example'],
    ['acme.localhost', 'acme.localhost'],
  ])('has one spelling: %s [TEN-8]', (typed, host) => expect(parseTenantHost(typed, publicUrl)).toBe(host));

  it.each([
    'https://login.acme.com',
    'login.acme.com:443',
    'login.acme.com/path',
    'login.acme.com?x',
    'user@login.acme.com',
    'login.acme.com\r\nx: y',
    'login.acme.com, evil.example',
    '*.acme.com',
    '_x.acme.com',
    '%6cogin.acme.com',
    '192.0.2.7',
    '127.1',
    '0x7f.0.0.1',
    '[::1]',
    'localhost',
    'acme..com',
    '-acme.com',
    `${'a'.repeat(64)}.com`,
    `${'a.'.repeat(130)}com`,
    '',
  ])('is a host name and nothing else: %j [TEN-8]', (typed) =>
    expect(() => parseTenantHost(typed, publicUrl)).toThrow(
      expect.objectContaining({ code: 'validation_failed' }),
    ),
  );

  it.each(['login.example', 'LOGIN.example.', 'login．example'])(
    'is not the one of the deployment: %s [TEN-8]',
    (typed) => expect(() => parseTenantHost(typed, publicUrl)).toThrow('whole deployment'),
  );
});
