import {
  Passkeys,
  RecoveryCodes,
  SsoError,
  Totp,
  type SecondFactor,
  type SessionView,
} from '@gatehouse/core';
import { Body, Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../http/parse';
import { SameOriginGuard } from '../login/same-origin.guard';
import { sendPage } from '../login/send-page';
import { renderAppEnrolment, renderCodeAgain } from '../pages/account/app-page';
import { renderRecoveryCodes } from '../pages/login/enrolment-page';
import { readerOf, type Reader } from '../pages/reader';
import { AccountVisitors } from './account-visitors';
import { changingOf } from './changing-of';
import { CredentialForms } from './credential-forms';

const codeForm = z.object({ code: z.string().max(20) });
const passkeyForm = z.object({ label: z.string().max(80), response: z.string().max(20_000) });
const removalForm = z.object({ id: z.string().max(1500) });

/** Setting second factors up and taking them away (LOG-5). */
@ApiExcludeController()
@Controller('account/security')
export class AccountFactorsController {
  constructor(
    private readonly visitors: AccountVisitors,
    private readonly forms: CredentialForms,
    private readonly totp: Totp,
    private readonly passkeys: Passkeys,
    private readonly codes: RecoveryCodes,
  ) {}

  /** By a form, because each showing makes a new secret and the one before useless. */
  @Post('app/begin')
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.forms.answer(request, reply, async ({ user, session }) => {
      const secret = await this.totp.begin(user, session);
      return renderAppEnrolment(readerOf(request), secret);
    });
  }

  @Post('app')
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async confirm(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { code } = parse(codeForm, body);
    const work = async (view: SessionView) => {
      await this.totp.confirm(view.user, view.session, code, changingOf(request, view));
      await this.handOutCodes(request, reply, view, 'totp', 'appReady');
    };
    const again = (reader: Reader, text: string) => renderCodeAgain(reader, { field: 'code', text });
    await this.forms.attempt(request, reply, work, { code_wrong: again });
  }

  @Post('app/remove')
  @UseGuards(SameOriginGuard)
  async remove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.forms.handle(request, reply, 'appRemoved', (view) =>
      this.totp.remove(view.user, view.session, changingOf(request, view)),
    );
  }

  /** What the browser asks an authenticator with. */
  @Post('passkeys/options')
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async options(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const view = await this.visitors.find(request, reply);
    if (!view) throw new SsoError('session_ended', 'Sign in again, then add the passkey.');
    const options = await this.passkeys.beginRegistration(view.user, view.session);
    await reply.header('cache-control', 'no-store').send(options);
  }

  @Post('passkeys')
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async add(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { label, response } = parse(passkeyForm, body);
    await this.forms.attempt(request, reply, async (view) => {
      const made = { label, response: readJson(response) };
      await this.passkeys.finishRegistration(view.user, view.session, made, changingOf(request, view));
      await this.handOutCodes(request, reply, view, 'passkey', 'passkeyAdded');
    });
  }

  @Post('passkeys/remove')
  @UseGuards(SameOriginGuard)
  async removePasskey(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { id } = parse(removalForm, body);
    await this.forms.handle(request, reply, 'passkeyRemoved', (view) =>
      this.passkeys.remove(view.user, view.session, id, changingOf(request, view)),
    );
  }

  /** A telephone or laptop that is lost must not lock anybody out: with the first factor, which was just used, come the codes. */
  private async handOutCodes(
    request: FastifyRequest,
    reply: FastifyReply,
    view: SessionView,
    secondFactor: SecondFactor,
    done: string,
  ): Promise<void> {
    const goOn = `/account/security?done=${done}`;
    if ((await this.codes.left(view.user.id)) > 0) return void (await reply.redirect(goOn, 303));
    const proven = { ...view.session, secondFactor };
    const codes = await this.codes.replace(view.user, proven, changingOf(request, view));
    await sendPage(reply, renderRecoveryCodes(readerOf(request), codes, goOn));
  }
}

/** What is no JSON is no answer of an authenticator: the check of it says so. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
