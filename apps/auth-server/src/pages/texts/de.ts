import type { Pages } from './pages';
import { arrival } from './de/arrival';
import { errors } from './de/errors';
import { interlude } from './de/interlude';
import { login } from './de/login';
import { logout } from './de/logout';
import { messages } from './de/messages';
import { shell } from './de/shell';
import { test } from './de/test';

export const de: Pages = { arrival, errors, interlude, login, logout, messages, shell, test };
