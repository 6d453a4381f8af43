import type { IdpDescription } from '@gatehouse/core';
import type { FastifyReply } from 'fastify';

/**
 * Identity providers open logout addresses in frames, where `frame-ancestors 'none'` would block the page that posts our
 * answer. It is safe to show to them: it takes no input, its one button only sends the identity provider the signed answer
 * to its own signed request, and no cookie of ours is read. Everybody else still cannot frame it.
 */
export function letIdpFrame(reply: FastifyReply, { sso, slo }: IdpDescription): void {
  const origins = new Set([...slo, ...sso].map(({ url }) => new URL(url).origin));
  const policy = String(reply.getHeader('content-security-policy'));
  reply.removeHeader('x-frame-options');
  reply.header(
    'content-security-policy',
    policy.replace("frame-ancestors 'none'", `frame-ancestors ${[...origins].join(' ')}`),
  );
}
