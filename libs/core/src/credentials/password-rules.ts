import { dictionary } from '@zxcvbn-ts/language-common';
import { SsoError } from '../shared/sso-error';
import { guessingCost } from './guessing-cost';
import { longestPassword, normalisePassword } from './password-hash';

export const shortestPassword = 12;

/** How much there must be to guess; twelve characters of which nothing is known cost twelve. */
const enough = 9;

const common: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/** What everybody who knows the person would try first. */
export interface PasswordOwner {
  readonly email: string;
  /** Of the organisations that the person belongs to, and of the product. */
  readonly names: readonly string[];
}

/**
 * NIST SP 800-63B 3.1.1.2: length and a list of what is guessed first; no rules of composition, no expiry.
 * Throws `password_length`, `password_common` or `password_personal`.
 */
export function refuseWeakPassword(password: string, owner: PasswordOwner): void {
  refuseLength(password);
  const typed = normalisePassword(password);
  if (guessingCost(typed, { common, personal: new Set() }) < enough)
    throw new SsoError(
      'password_common',
      'This password is among those that are guessed first. Take several unrelated words, or let a password manager make one.',
      { want: 'a password that is not made of a common one, a keyboard row or a repetition' },
    );
  if (guessingCost(typed, { common, personal: personalWords(owner) }) < enough)
    throw new SsoError(
      'password_personal',
      'This password is made of your address, your organisation or the product. Take one that says nothing of you.',
      { want: 'a password without names that belong to you' },
    );
}

function refuseLength(password: string): void {
  const length = password.length > longestPassword ? Infinity : [...normalisePassword(password)].length;
  if (length >= shortestPassword && length <= longestPassword) return;
  throw new SsoError(
    'password_length',
    `A password has ${shortestPassword} to ${longestPassword} characters. A few words with spaces between them will do.`,
    {
      want: `${shortestPassword} to ${longestPassword} characters`,
      got: Number.isFinite(length) ? length : 'more',
    },
  );
}

function personalWords({ email, names }: PasswordOwner): Set<string> {
  const texts = [email, ...names].map((text) => text.normalize('NFKC').toLowerCase());
  const words = texts.flatMap((text) => [text, text.replaceAll(/[^\p{L}\p{N}]/gu, ''), ...parts(text)]);
  return new Set(words.filter(({ length }) => length >= 3));
}

function parts(text: string): string[] {
  return [...text.split(/[@\s]+/u), ...text.split(/[^\p{L}\p{N}]+/u)];
}
