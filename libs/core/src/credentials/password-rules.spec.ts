import { SsoError } from '../shared/sso-error';
import { refuseWeakPassword } from './password-rules';

const owner = { email: 'ada.lovelace@acme-widgets.example', names: ['Acme Widgets GmbH', 'Gatehouse'] };

function codeOf(password: string): string {
  try {
    refuseWeakPassword(password, owner);
    return 'taken';
  } catch (error) {
    return error instanceof SsoError ? error.code : 'another error';
  }
}

describe('a password', () => {
  it.each([
    'correct horse battery staple',
    'tulip-kernel-orbit-77',
    'gX9#kq2LmV!z',
    'пароль от сарая с лопатами',
    '密碼學家的貓在屋頂上睡覺呢',
    '🦊🐢🪁🧊🥨🎻🪐🧵🫖🪃🧲🎏',
    'dragon83749261537',
    'x'.repeat(300).replace(/x/g, (_, at: number) => String.fromCharCode(97 + ((at * 7 + at ** 2) % 26))),
  ])('may be of any characters, with spaces and no rules of composition: %s [LOG-5]', (password) => {
    expect(codeOf(password)).toBe('taken');
  });

  it.each([
    ['eleven characters', 'gX9#kq2LmV!'],
    ['nothing', ''],
    ['twelve units that are six characters', '🦊🐢🪁🧊🥨🎻'],
    ['one character more than can be typed', `gX9#kq2LmV!z${'y'.repeat(1013)}`],
    ['what becomes longer by being normalised', '\uFDFA'.repeat(600)],
  ])('has 12 to 1024 characters, and not %s [LOG-5]', (_, password) => {
    expect(codeOf(password)).toBe('password_length');
  });

  it('may have 1024 characters [LOG-5]', () => {
    expect(codeOf(`gX9#kq2LmV!z${'y'.repeat(1012)}`)).toBe('taken');
  });

  it.each([
    'password1234',
    'Password1234!',
    'P@ssw0rd1234',
    'passwordpassword',
    'PASSWORD password',
    'qwertyuiop123456',
    '123456789012',
    'aaaaaaaaaaaaaaaa',
    'abcdefghijklmnop',
    'iloveyou1234',
    'Iloveyou!!!!',
    'letmeinletmein',
    'trustno1trustno1trustno1',
    '1qaz2wsx3edc',
    'administrator',
    'a'.repeat(1024),
  ])('is not among those that are guessed first: %s [LOG-5]', (password) => {
    expect(codeOf(password)).toBe('password_common');
  });

  it.each([
    'ada.lovelace@acme-widgets.example',
    'AdaLovelace2024',
    'Acme Widgets GmbH',
    '@cmeW1dgetsGmbh2026',
    'gatehouse2024!',
  ])('is not made of who and where the person is: %s [LOG-5]', (password) => {
    expect(codeOf(password)).toBe('password_personal');
  });

  it('is told what to do, and never repeated in what is said about it [LOG-5]', () => {
    for (const password of ['Password1234!', 'gatehouse2024!', 'short'])
      expect(() => refuseWeakPassword(password, owner)).toThrow(
        expect.objectContaining({ name: 'SsoError' }),
      );
    for (const password of ['Password1234!', 'gatehouse2024!', 'short'])
      try {
        refuseWeakPassword(password, owner);
      } catch (error) {
        expect(JSON.stringify([error, error instanceof Error && error.message])).not.toContain(password);
      }
  });
});
