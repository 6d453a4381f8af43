import { deviceLifetimeMs } from '@gatehouse/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';

/** Tells a browser that signed an account in before from those that guess at it; it opens nothing (LOG-5). */
function deviceCookie({ publicUrl }: Config): string {
  return publicUrl.startsWith('https:') ? '__Host-gatehouse_device' : 'gatehouse_device';
}

export function readDevice(request: FastifyRequest, config: Config): string | undefined {
  return request.cookies[deviceCookie(config)];
}

export function keepDevice(reply: FastifyReply, device: string, config: Config): void {
  const secure = config.publicUrl.startsWith('https:');
  const options = { httpOnly: true, secure, sameSite: 'lax', path: '/' } as const;
  reply.setCookie(deviceCookie(config), device, { ...options, maxAge: deviceLifetimeMs / 1000 });
}
