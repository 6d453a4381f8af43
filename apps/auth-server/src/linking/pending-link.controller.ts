import { PendingLinks, SsoError, type PendingView, type SendingOutcome } from '@gatehouse/core';
import { Body, Controller, Get, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccountVisitors } from '../account/account-visitors';
import { parse } from '../http/parse';
import { LinkVisitors } from '../login/link-visitors';
import { SameOriginGuard } from '../login/same-origin.guard';
import { sendPage } from '../login/send-page';
import { SendToIdp } from '../login/send-to-idp';
import { WaitingSignIn } from '../login/waiting-sign-in';
import {
  pageOf,
  renderLinkCode,
  renderLinked,
  renderLinkOver,
  renderLinkQuestion,
} from '../pages/linking/pending-link-page';
import { readerOf, type Reader } from '../pages/reader';

const codeForm = z.object({ code: z.string().max(64) });

/** Where the browser that came back from the identity provider shows that an account is its person's (LNK-5). */
@ApiExcludeController()
@Controller('link/confirm/:id')
export class PendingLinkController {
  constructor(
    private readonly links: PendingLinks,
    private readonly visitors: LinkVisitors,
    private readonly accounts: AccountVisitors,
    private readonly waiting: WaitingSignIn,
    private readonly sendToIdp: SendToIdp,
  ) {}

  @Get()
  async show(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visitor = await this.visitors.of(request, reply);
    const view = await this.links.look(id, visitor);
    const isTheirs = visitor.signedIn?.userId === view.pending.userId;
    if (view.standing === 'open' && view.wants === 'session' && !isTheirs)
      return this.accounts.sendToProof(reply, addressOf(view));
    await sendPage(reply, render(readerOf(request), view));
  }

  /** What answered a form, wanted once more or in another language. */
  @Get(['another', 'session'])
  async back(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await reply.redirect(`/link/confirm/${encodeURIComponent(id)}`, 303);
  }

  @Post()
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async enter(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { code } = parse(codeForm, body);
    const visitor = await this.visitors.of(request, reply);
    const outcome = await this.links.enterCode(id, code, visitor);
    const view = await this.links.look(id, visitor);
    if (outcome === 'linked') return this.goOn(view, request, reply);
    const reader = readerOf(request);
    reply.status(422);
    if (view.standing !== 'open') return sendPage(reply, render(reader, view));
    const problem = { field: 'code', text: reader.texts.linking.codeWrong };
    await sendPage(reply, renderLinkCode(reader, pageOf(view), problem));
  }

  @Post('another')
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async sendAnother(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visitor = await this.visitors.of(request, reply);
    const outcome = await this.links.sendAnother(id, visitor);
    const view = await this.links.look(id, visitor);
    if (outcome.kind === 'sent' || view.standing !== 'open' || view.wants !== 'code')
      return void (await reply.redirect(addressOf(view), 303));
    const reader = readerOf(request);
    reply.status(429);
    const problem = { text: whyNotSent(reader, outcome) };
    await sendPage(reply, renderLinkCode(reader, pageOf(view), problem));
  }

  /** By who is signed in here with the account's own password or passkey. */
  @Post('session')
  @UseGuards(SameOriginGuard)
  async confirm(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visitor = await this.visitors.of(request, reply);
    const view = await this.links.look(id, visitor);
    try {
      await this.links.confirmSignedIn(id, visitor);
    } catch (error) {
      if (!(error instanceof SsoError && error.code === 'proof_stale')) throw error;
      return this.accounts.sendToProof(reply, addressOf(view));
    }
    await reply.redirect(addressOf(view), 303);
  }

  /** The sign-in that waits here goes on where it began: the identity provider knows the person already. */
  private async goOn(view: PendingView, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { cause, interactionId } = view.pending;
    const waiting = cause === 'sign-in' ? await this.waiting.find(request, reply) : undefined;
    if (!waiting || waiting.uid !== interactionId) return void (await reply.redirect(addressOf(view), 303));
    await this.sendToIdp.send(request, reply, view.connection, { purpose: 'sign-in', interactionId });
  }
}

function addressOf({ pending }: Pick<PendingView, 'pending'>): string {
  return `/link/confirm/${pending.id}`;
}

function render(reader: Reader, view: PendingView): string {
  const page = pageOf(view);
  if (view.standing === 'linked') return renderLinked(reader, page);
  if (view.standing !== 'open') return renderLinkOver(reader, page, view.standing);
  return view.wants === 'session' ? renderLinkQuestion(reader, page) : renderLinkCode(reader, page);
}

function whyNotSent({ texts: { linking } }: Reader, outcome: SendingOutcome): string {
  return outcome.kind === 'slow-down'
    ? linking.slowDown(Math.ceil(outcome.seconds / 60))
    : linking.noMoreCodes;
}
