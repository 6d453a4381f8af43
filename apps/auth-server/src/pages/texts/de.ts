import type { Pages } from './pages';
import { account } from './de/account';
import { arrival } from './de/arrival';
import { errors } from './de/errors';
import { interlude } from './de/interlude';
import { invitation } from './de/invitation';
import { login } from './de/login';
import { logout } from './de/logout';
import { messages } from './de/messages';
import { shell } from './de/shell';
import { test } from './de/test';

export const de: Pages = {
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
