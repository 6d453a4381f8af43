import { account } from './en/account';
import { arrival } from './en/arrival';
import { enrolment } from './en/enrolment';
import { errors } from './en/errors';
import { interlude } from './en/interlude';
import { invitation } from './en/invitation';
import { linking } from './en/linking';
import { login } from './en/login';
import { logout } from './en/logout';
import { messages } from './en/messages';
import { operations } from './en/operations';
import { reset } from './en/reset';
import { secondFactor } from './en/second-factor';
import { shell } from './en/shell';
import { tenant } from './en/tenant';
import { test } from './en/test';

/** English, from which the other languages take what there is to say: one file a page, one line here. */
export const en = {
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
