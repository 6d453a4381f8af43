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

  it('never counts as that of somebody else by a letter that only looks the same in lower case [LNK-1] [LNK-9]', () => {
    expect('mar\u212A@acme.example'.toLowerCase()).toBe('mark@acme.example');
    expect(() => parseEmail('mar\u212A@acme.example')).toThrow('not an e-mail address');
    const others = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code)).filter(
      (letter) => letter > '\u007F' && /^[!-~]+$/.test(letter.toLowerCase()),
    );
    expect(others).toEqual(['\u212A']);
  });

  it('gives its domain as DNS writes it', () => {
    expect(emailDomain('Ada@Müller.EXAMPLE')).toBe('xn--mller-kva.example');
  });
});
