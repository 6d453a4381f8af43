import { createToken, type Chance } from '@gatehouse/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';

const lifetimeSeconds = 60 * 60;

/** Production cookies cannot be set by a neighbouring host; http is for this machine only and has plain names (SES-6). */
function cookieName(config: Config): string {
  return config.publicUrl.startsWith('https:') ? '__Host-gatehouse_browser' : 'gatehouse_browser';
}

/** The secret that ties a sign-in to the browser which began it: an answer posted by another one opens nothing. */
export function readBrowserKey(request: FastifyRequest, config: Config): string | undefined {
  const key = request.cookies[cookieName(config)];
  return key !== undefined && /^[\w-]{43}$/.test(key) ? key : undefined;
}

export function keepBrowserKey(
  request: FastifyRequest,
  reply: FastifyReply,
  config: Config,
  chance: Chance,
): string {
  const key = readBrowserKey(request, config) ?? createToken(chance);
  const secure = config.publicUrl.startsWith('https:');
  const options = { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge: lifetimeSeconds } as const;
  reply.setCookie(cookieName(config), key, options);
  return key;
}
