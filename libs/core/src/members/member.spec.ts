import { emailDomain, parseEmail } from './member';

describe('an e-mail address', () => {
  it.each(['', 'nobody', 'a@b@c.example', 'a b@c.example', 'a@c.example\r\nBcc: x@y', '<a@c.example>'])(
    'refuses %p',
    (typed) =>
      expect(() => parseEmail(typed)).toThrow(expect.objectContaining({ code: 'validation_failed' })),
  );

  it('gives its domain as DNS writes it', () => {
    expect(emailDomain('Ada@Müller.EXAMPLE')).toBe('xn--mller-kva.example');
  });
});
