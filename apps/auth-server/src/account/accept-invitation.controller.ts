import {
  AcceptInvitation,
  Chance,
  emailKey,
  errorCatalogue,
  SsoError,
  type Accepted,
  type Actor,
  type InvitationStep,
  type LinkHolder,
} from '@gatehouse/core';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../config';
import { Visitor } from '../http/actor';
import { CONFIG } from '../http/config.token';
import { errorStatus } from '../http/error-status';
import { parse } from '../http/parse';
import { keepBrowserKey } from '../login/browser-key';
import { SameOriginGuard } from '../login/same-origin.guard';
import { sendPage } from '../login/send-page';
import {
  renderContinueBySso,
  renderInvitation,
  renderJoin,
  renderJoined,
  renderSetPassword,
  renderUnusable,
  type InvitationPage,
} from '../pages/invitation-page';
import { readerOf, type Reader } from '../pages/reader';
import { AccountVisitors } from './account-visitors';

const passwordForm = z.object({
  password: z.string().max(1024),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
});

/** Passwords that are refused are typed again on the same page; everything else has one of its own. */
const weak = new Set(['password_length', 'password_common', 'password_personal']);

/** What the link of an invitation opens (TEN-5): a GET shows, and only a POST does anything. */
@ApiExcludeController()
@Controller('invitations/:token')
export class AcceptInvitationController {
  constructor(
    private readonly invitations: AcceptInvitation,
    private readonly visitors: AccountVisitors,
    private readonly chance: Chance,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  async show(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await this.find(token, request, reply);
    if (page) await sendPage(reply, renderInvitation(readerOf(request), page));
  }

  /** What answered a form, wanted once more or in another language: from the beginning, for a GET does nothing. */
  @Get(['open', 'password', 'join'])
  async again(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await reply.redirect(`/invitations/${encodeURIComponent(token)}`, 303);
  }

  @Post('open')
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async open(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Visitor() actor: Actor,
  ): Promise<void> {
    const page = await this.find(token, request, reply);
    if (!page) return;
    const step = await this.invitations.open(this.holder(token, request, reply, actor));
    await sendPage(reply, await this.renderStep(step, page, request, reply));
  }

  @Post('password')
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async setPassword(
    @Param('token') token: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Visitor() actor: Actor,
  ): Promise<void> {
    const page = await this.find(token, request, reply);
    if (!page) return;
    const wanted = parse(passwordForm, body);
    const holder = this.holder(token, request, reply, actor);
    try {
      await this.welcome(await this.invitations.acceptWithPassword(holder, wanted), request, reply);
    } catch (error) {
      if (!(error instanceof SsoError && weak.has(error.code))) throw error;
      reply.status(errorStatus(error.code));
      await sendPage(reply, renderAnotherTry(readerOf(request), page, error, wanted.name));
    }
  }

  @Post('join')
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async join(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Visitor() actor: Actor,
  ): Promise<void> {
    const page = await this.find(token, request, reply);
    if (!page) return;
    const view = await this.visitors.find(request, reply);
    const accepted = await this.invitations.join(this.holder(token, request, reply, actor), view?.user);
    await this.welcome(accepted, request, reply);
  }

  /** Nothing where the reply was sent: the link is good for nothing, and the page says why. */
  private async find(
    token: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<InvitationPage | undefined> {
    const shown = await this.lookUp(token);
    if (shown?.standing === 'open') return { token, ...shown };
    reply.status(shown ? 410 : 404);
    await sendPage(reply, renderUnusable(readerOf(request), shown?.standing ?? 'unknown'));
    return undefined;
  }

  private async lookUp(token: string) {
    try {
      return await this.invitations.look(token);
    } catch (error) {
      if (error instanceof SsoError && error.code === 'invitation_unknown') return undefined;
      throw error;
    }
  }

  private holder(token: string, request: FastifyRequest, reply: FastifyReply, actor: Actor): LinkHolder {
    return { token, browserKey: keepBrowserKey(request, reply, this.config, this.chance), actor };
  }

  private async renderStep(
    step: InvitationStep,
    page: InvitationPage,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<string> {
    const reader = readerOf(request);
    if (step.kind === 'sso') return renderContinueBySso(reader, page);
    if (step.kind === 'set-password') return renderSetPassword(reader, page, step);
    const view = await this.visitors.find(request, reply);
    const signedInAs = view?.user.email;
    const other = signedInAs !== undefined && emailKey(signedInAs) !== emailKey(page.invitation.email);
    return renderJoin(reader, page, { sso: step.sso, ...(other && { signedInAs }) });
  }

  private async welcome({ tenant }: Accepted, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await sendPage(reply, renderJoined(readerOf(request), tenant));
  }
}

/** The same page, with what is wrong with the password and the name that was typed. */
function renderAnotherTry(
  reader: Reader,
  page: InvitationPage,
  { code }: SsoError,
  name: string | undefined,
): string {
  const text = reader.texts.messages[errorCatalogue[code].text](page.tenant.name);
  const problem = { field: 'password', text };
  return renderSetPassword(reader, page, { sso: false, problem, ...(name !== undefined && { name }) });
}
