import { readSmtpAddress } from './smtp-address';

describe('the address of a mail server', () => {
  it.each([
    ['smtp://mail.example', { host: 'mail.example', port: 587, secure: false }],
    ['smtps://mail.example', { host: 'mail.example', port: 465, secure: true }],
    ['smtp://127.0.0.1:3040/', { host: '127.0.0.1', port: 3040, secure: false }],
    ['smtp://[::1]:25', { host: '::1', port: 25, secure: false }],
    [
      'smtp://postman%40example:p%3Ass@mail.example:2525',
      { host: 'mail.example', port: 2525, secure: false, auth: { user: 'postman@example', pass: 'p:ss' } },
    ],
  ])('is read from %s', (text, address) => expect(readSmtpAddress(text)).toEqual(address));

  it.each([
    'mail.example',
    'https://mail.example',
    'smtp://mail.example?ignoreTLS=true',
    'smtp://mail.example?tls.rejectUnauthorized=false',
    'smtp://mail.example/path',
    'smtp://user@mail.example',
    'smtp://%ff:%ff@mail.example',
    'smtp://',
    '',
  ])('is refused: %s [OPS-3]', (text) => expect(readSmtpAddress(text)).toBeUndefined());
});
