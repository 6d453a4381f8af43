import { LimitedDiscovery, parseEmail, type Connection, type DiscoveryOutcome } from '@gatehouse/core';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../http/parse';
import type { Interaction } from '../issuer/interactions';
import { renderEmailPage } from '../pages/login/email-page';
import { renderNothingToDo } from '../pages/login/nothing-page';
import { renderPasswordPage } from '../pages/login/password-page';
import { readerOf } from '../pages/reader';
import { FollowHints } from './follow-hints';
import { SameOriginGuard } from './same-origin.guard';
import { sendPage } from './send-page';
import { SendToIdp } from './send-to-idp';
import { waitingQuery, WaitingSignIn } from './waiting-sign-in';

const emailForm = z.object({
  email: z.string().max(320),
  way: z.literal('password').optional().catch(undefined),
});

/** The e-mail-first page to which the issuer sends whoever has no session yet (LOG-1). */
@ApiExcludeController()
@Controller('login')
export class LoginController {
  constructor(
    private readonly waiting: WaitingSignIn,
    private readonly discovery: LimitedDiscovery,
    private readonly follow: FollowHints,
    private readonly sendToIdp: SendToIdp,
  ) {}

  @Get()
  async show(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const interaction = await this.waiting.find(request, reply);
    if (interaction) return this.follow.answer(request, reply, interaction);
    await this.waiting.refuseLost(parse(waitingQuery, query).interaction);
    await sendPage(reply, renderNothingToDo(readerOf(request)));
  }

  /** Where a way in failed, or is another's: all ways of the organisation that was named, or the e-mail once more. */
  @Get('ways')
  async ways(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const interaction = await this.waiting.find(request, reply);
    const reader = readerOf(request);
    if (!interaction) return sendPage(reply, renderNothingToDo(reader));
    const tenant = await this.waiting.tenantNamed(interaction);
    reply.header('cache-control', 'no-store');
    if (tenant) return void (await reply.redirect(`/t/${tenant.slug}/login`, 303));
    const { applicationName: application, hints } = interaction;
    await sendPage(reply, renderEmailPage(reader, { application, email: hints.email }));
  }

  @Post()
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async next(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const interaction = await this.waiting.find(request, reply);
    const reader = readerOf(request);
    if (!interaction) return sendPage(reply, renderNothingToDo(reader));
    const application = interaction.applicationName;
    const { email: typed, way } = parse(emailForm, body);
    if (way === 'password') return sendPage(reply, renderPasswordPage(reader, { application, email: typed }));
    const email = readAddress(typed);
    if (email === undefined) {
      const problem = { field: 'email', text: reader.texts.login.emailIncomplete };
      return sendPage(reply.status(422), renderEmailPage(reader, { application, email: typed, problem }));
    }
    const outcome = await this.discovery.byEmail(email, request.ip);
    if (outcome.kind === 'sso') return this.leave(request, reply, outcome.connection, interaction);
    await sendPage(reply, renderPasswordPage(reader, { application, email, because: reasonOf(outcome) }));
  }

  private leave(request: FastifyRequest, reply: FastifyReply, connection: Connection, { uid }: Interaction) {
    return this.sendToIdp.send(request, reply, connection, { purpose: 'sign-in', interactionId: uid });
  }
}

/** Why a password is asked for, where single sign-on could have been expected (LOG-2, CON-20). */
function reasonOf(outcome: Exclude<DiscoveryOutcome, { kind: 'sso' }>): 'closed' | 'degraded' | undefined {
  if (outcome.kind === 'closed') return 'closed';
  return outcome.degraded ? 'degraded' : undefined;
}

function readAddress(typed: string): string | undefined {
  try {
    return parseEmail(typed);
  } catch {
    return undefined;
  }
}
