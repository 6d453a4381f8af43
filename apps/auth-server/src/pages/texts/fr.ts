import type { Pages } from './pages';
import { arrival } from './fr/arrival';
import { errors } from './fr/errors';
import { interlude } from './fr/interlude';
import { login } from './fr/login';
import { logout } from './fr/logout';
import { messages } from './fr/messages';
import { shell } from './fr/shell';
import { test } from './fr/test';

export const fr: Pages = { arrival, errors, interlude, login, logout, messages, shell, test };
