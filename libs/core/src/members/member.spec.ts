import { emailDomain, parseEmail } from './member';

describe('an e-mail address', () => {
  it.each([
    '',
    'nobody',
    'a@b@c.example',
    'a b@c.example',
    'a@c.example\r\nBcc: x@y',
    '<a@c.example>',
    'a@acme.example/victim.com',
    'a@acme.example?x',
    'a@acme%2eexample',
    'a@localhost',
    'a@-b.example',
  ])('refuses %p', (typed) =>
    expect(() => parseEmail(typed)).toThrow(expect.objectContaining({ code: 'validation_failed' })),
  );

  it.each([
    ['Ada@ACME.example', 'Ada@acme.example'],
    ['ada@ａcme.example', 'ada@acme.example'],
    ['ada@Müller.example', 'ada@xn--mller-kva.example'],
  ])('%s has one spelling, %s, so that it names one user [TEN-1]', (typed, kept) => {
    expect(parseEmail(typed)).toBe(kept);
  });

  it('gives its domain as DNS writes it', () => {
    expect(emailDomain('Ada@Müller.EXAMPLE')).toBe('xn--mller-kva.example');
  });
});
