import type { Pages } from './pages';
import { account } from './fr/account';
import { arrival } from './fr/arrival';
import { errors } from './fr/errors';
import { interlude } from './fr/interlude';
import { invitation } from './fr/invitation';
import { login } from './fr/login';
import { logout } from './fr/logout';
import { messages } from './fr/messages';
import { shell } from './fr/shell';
import { test } from './fr/test';

export const fr: Pages = {
  account,
  arrival,
  errors,
  interlude,
  invitation,
  login,
  logout,
  messages,
  shell,
  test,
};
