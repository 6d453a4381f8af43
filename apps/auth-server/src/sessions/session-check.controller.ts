import { Applications, LiveSessions } from '@gatehouse/core';
import { OidcModelStore } from '@gatehouse/core-postgres';
import { Body, Controller, Header, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiBasicAuth, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answer, Body31 } from '../http/api';
import { parse } from '../http/parse';
import { seconds } from '../issuer/live-account';
import { requireApplication } from './client-credentials';

const question = z.object({ sid: z.string().max(64).describe('Of the ID token.') });
const answer = z.object({
  active: z.boolean().describe('False also of sessions that this application never had tokens for.'),
  sub: z.string().optional(),
  role: z.string().optional().describe('As it is now: it may have changed since the ID token was made.'),
  exp: z.number().optional().describe('Seconds since 1970.'),
});

/**
 * Asked by applications about sessions of their own, once a minute each: whether they still stand (SES-3). It is to a session
 * what the endpoint of RFC 7662 is to a token, and like it belongs to the issuer, not to the management API.
 */
@ApiTags('Sign-in')
@Controller('oidc/session-check')
export class SessionCheckController {
  constructor(
    private readonly applications: Applications,
    private readonly live: LiveSessions,
    private readonly models: OidcModelStore,
  ) {}

  @Post()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiBasicAuth('application')
  @ApiConsumes('application/x-www-form-urlencoded')
  @Body31(question)
  @Answer(200, 'Whether the session stands, for whoever may know of it.', answer)
  async check(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
  ): Promise<z.output<typeof answer>> {
    const application = await requireApplication(this.applications, authorization);
    const { sid } = parse(question, body);
    const [view, granted] = await Promise.all([
      this.live.find(sid),
      this.models.wasGranted(sid, application),
    ]);
    if (!view || !granted) return { active: false };
    const { session, member } = view;
    return { active: true, sub: session.userId, role: member.role, exp: seconds(session.expiresAt) };
  }
}
