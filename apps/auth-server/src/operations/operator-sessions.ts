import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Chance, Clock, createToken } from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';

const lifetimeSeconds = 30 * 60;

/**
 * That this browser was told the operator key, for half an hour. The cookie says until when and is signed by a key that is
 * made of the operator key: every server knows it, and whoever changes the operator key ends all of them.
 */
@Injectable()
export class OperatorSessions {
  private readonly key: Buffer;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', config.operatorKey, '', 'session of an operator', 32));
  }

  begin(reply: FastifyReply): void {
    const said = `${this.seconds() + lifetimeSeconds}.${createToken(this.chance)}`;
    const options = { ...this.options(), maxAge: lifetimeSeconds };
    reply.setCookie(this.cookie(), `${said}.${this.sign(said)}`, options);
  }

  end(reply: FastifyReply): void {
    reply.clearCookie(this.cookie(), this.options());
  }

  isOpen(request: FastifyRequest): boolean {
    const pattern = /^(?<said>(?<until>\d{1,12})\.[\w-]{43})\.(?<signature>[\w-]{43})$/;
    const { said, until, signature } = pattern.exec(request.cookies[this.cookie()] ?? '')?.groups ?? {};
    if (said === undefined || signature === undefined) return false;
    return (
      timingSafeEqual(Buffer.from(signature), Buffer.from(this.sign(said))) && Number(until) > this.seconds()
    );
  }

  private sign(said: string): string {
    return createHmac('sha256', this.key).update(said).digest('base64url');
  }

  private seconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }

  /** Production cookies cannot be set by a neighbouring host (SES-6). */
  private cookie(): string {
    return this.isSecure() ? '__Host-gatehouse_operator' : 'gatehouse_operator';
  }

  private options() {
    return { httpOnly: true, secure: this.isSecure(), sameSite: 'strict', path: '/' } as const;
  }

  private isSecure(): boolean {
    return this.config.publicUrl.startsWith('https:');
  }
}
