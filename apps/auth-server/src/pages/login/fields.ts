import type { Field } from '../form';
import type { Texts } from '../texts/texts';

export const longestEmail = 320;
export const longestPassword = 1024;

export function emailField(login: Texts['login'], value: string | undefined, focused: boolean): Field {
  const kind = { type: 'email', autocomplete: 'username', maxLength: longestEmail } as const;
  return { name: 'email', label: login.workEmail, ...kind, value, focused };
}

export function passwordField(login: Texts['login'], focused: boolean): Field {
  const kind = { type: 'password', autocomplete: 'current-password', maxLength: longestPassword } as const;
  return { name: 'password', label: login.password, ...kind, focused };
}
