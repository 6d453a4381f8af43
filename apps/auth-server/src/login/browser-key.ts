import { createToken, type Chance } from '@gatehouse/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';

const lifetimeSeconds = 60 * 60;

/** Production cookies cannot be set by a neighbouring host; http is for this machine only and has plain names (SES-6). */
export function browserKeyCookie({ publicUrl }: Config): string {
  return publicUrl.startsWith('https:') ? '__Host-gatehouse_browser' : 'gatehouse_browser';
}

/** The value of that cookie, if it is one that we set. */
export function parseBrowserKey(value: string | undefined): string | undefined {
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
}

/** The secret that ties a sign-in to the browser which began it: an answer posted by another one opens nothing. */
export function readBrowserKey(request: FastifyRequest, config: Config): string | undefined {
  return parseBrowserKey(request.cookies[browserKeyCookie(config)]);
}

export function keepBrowserKey(
  request: FastifyRequest,
  reply: FastifyReply,
  config: Config,
  chance: Chance,
): string {
  const key = readBrowserKey(request, config) ?? createToken(chance);
  reply.setCookie(browserKeyCookie(config), key, browserKeyOptions(config));
  return key;
}

/** `maxAge` in seconds. */
export function browserKeyOptions({ publicUrl }: Config) {
  const secure = publicUrl.startsWith('https:');
  return { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge: lifetimeSeconds } as const;
}
