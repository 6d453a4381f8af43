import { LimitedDiscovery, parseEmail } from '@gatehouse/core';
import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answer, Body31 } from '../http/api';
import { Needs } from '../http/needs';
import { parse } from '../http/parse';

const question = z.object({ email: z.string().max(320) });
const answer = z.object({
  kind: z.enum(['sso', 'password']),
  connectionLabel: z.string().optional(),
  degraded: z
    .boolean()
    .optional()
    .describe('True where discovery could not answer in time, or was asked too often from one address.'),
  closed: z
    .boolean()
    .optional()
    .describe('True where the operator switched the single sign-on of this domain off for now.'),
});

/** Public: says of an e-mail's domain where it signs in, and nothing of any account (LOG-3). */
@ApiTags('Sign-in')
@Controller('api/v1/discover')
export class DiscoverController {
  constructor(private readonly discovery: LimitedDiscovery) {}

  @Post()
  @Needs('nothing')
  @HttpCode(200)
  @Body31(question)
  @Answer(200, 'Where people of this domain sign in.', answer)
  async discover(@Body() body: unknown, @Ip() address: string): Promise<z.output<typeof answer>> {
    const outcome = await this.discovery.byEmail(parseEmail(parse(question, body).email), address);
    if (outcome.kind === 'sso') return { kind: 'sso', connectionLabel: outcome.connection.label };
    if (outcome.kind === 'closed') return { kind: 'password', closed: true };
    return outcome.degraded ? { kind: 'password', degraded: true } : { kind: 'password' };
  }
}
