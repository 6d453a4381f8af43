import type { Pages } from './pages';
import { account } from './de/account';
import { arrival } from './de/arrival';
import { enrolment } from './de/enrolment';
import { errors } from './de/errors';
import { interlude } from './de/interlude';
import { invitation } from './de/invitation';
import { linking } from './de/linking';
import { login } from './de/login';
import { logout } from './de/logout';
import { messages } from './de/messages';
import { operations } from './de/operations';
import { reset } from './de/reset';
import { secondFactor } from './de/second-factor';
import { shell } from './de/shell';
import { tenant } from './de/tenant';
import { test } from './de/test';

export const de: Pages = {
  account,
  arrival,
  enrolment,
  errors,
  interlude,
  invitation,
  linking,
  login,
  logout,
  messages,
  operations,
  reset,
  secondFactor,
  shell,
  tenant,
  test,
};
