import { PasswordResets, Passwords, RecoveryCodes } from '@gatehouse/core';
import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../http/parse';
import { SameOriginGuard } from '../login/same-origin.guard';
import { renderSecurity } from '../pages/account/security-page';
import { renderRecoveryCodes } from '../pages/login/enrolment-page';
import { readerOf } from '../pages/reader';
import { AccountVisitors } from './account-visitors';
import { changingOf } from './changing-of';
import { CredentialForms } from './credential-forms';
import { sendPage } from '../login/send-page';
import { wordOf } from './word-of';

const page = '/account/security';
const formsOfThisPage = [
  ...['password', 'password-link', 'recovery-codes'],
  ...['app', 'app/begin', 'app/remove', 'passkeys', 'passkeys/remove'],
];
const passwordForm = z.object({ current: z.string().max(1024), next: z.string().max(1024) });

/** What a person signs in with: the page, the password and the recovery codes (LOG-5). */
@ApiExcludeController()
@Controller('account/security')
export class AccountSecurityController {
  constructor(
    private readonly visitors: AccountVisitors,
    private readonly forms: CredentialForms,
    private readonly passwords: Passwords,
    private readonly resets: PasswordResets,
    private readonly codes: RecoveryCodes,
  ) {}

  @Get()
  async show(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const view = await this.visitors.require(request, reply, page);
    if (!view) return;
    const reader = readerOf(request);
    await sendPage(reply, renderSecurity(reader, await this.forms.securityOf(view), wordOf(reader, query)));
  }

  /** Where forms were answered, wanted once more or in another language. */
  @Get(formsOfThisPage)
  async again(@Res() reply: FastifyReply): Promise<void> {
    await reply.redirect(page, 303);
  }

  @Post('password')
  @UseGuards(SameOriginGuard)
  async change(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { current, next: password } = parse(passwordForm, body);
    await this.forms.handle(request, reply, 'passwordChanged', ({ session, ...view }) =>
      this.passwords.change({ session, current, password, ...changingOf(request, view) }),
    );
  }

  /** For whoever has no password yet: the way is the same as for one that was forgotten, by the mailbox. */
  @Post('password-link')
  @UseGuards(SameOriginGuard)
  async sendLink(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.forms.handle(request, reply, 'linkSent', async (view) => {
      await this.resets.request({ email: view.user.email, ...changingOf(request, view) });
    });
  }

  /** Answered by the codes themselves: they are shown this once, and are in no address and no history. */
  @Post('recovery-codes')
  @UseGuards(SameOriginGuard)
  async makeCodes(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.forms.answer(request, reply, async (view) => {
      const codes = await this.codes.replace(view.user, view.session, changingOf(request, view));
      return renderRecoveryCodes(readerOf(request), codes, page);
    });
  }
}
