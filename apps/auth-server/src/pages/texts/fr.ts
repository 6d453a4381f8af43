import type { Pages } from './pages';
import { account } from './fr/account';
import { arrival } from './fr/arrival';
import { enrolment } from './fr/enrolment';
import { errors } from './fr/errors';
import { interlude } from './fr/interlude';
import { invitation } from './fr/invitation';
import { linking } from './fr/linking';
import { login } from './fr/login';
import { logout } from './fr/logout';
import { messages } from './fr/messages';
import { operations } from './fr/operations';
import { reset } from './fr/reset';
import { secondFactor } from './fr/second-factor';
import { shell } from './fr/shell';
import { tenant } from './fr/tenant';
import { test } from './fr/test';

export const fr: Pages = {
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
