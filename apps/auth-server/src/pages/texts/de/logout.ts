import type { logout as english } from '../en/logout';

export const logout: typeof english = {
  title: 'Abmelden',
  question: 'Abmelden?',
  signOut: 'Abmelden',
  doneTitle: 'Abgemeldet',
  done: 'Sie sind abgemeldet',
  toAccount: 'Bei Ihrem Konto anmelden',
};
