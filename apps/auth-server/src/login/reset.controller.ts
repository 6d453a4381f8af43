import {
  errorCatalogue,
  parseEmail,
  PasswordResets,
  SsoError,
  type Actor,
  type ErrorCode,
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
import { readerOf } from '../pages/reader';
import {
  renderNewPassword,
  renderResetDone,
  renderResetRequest,
  renderResetSent,
  renderResetUnusable,
} from '../pages/reset/reset-pages';
import { keepDevice, readDevice } from './device-cookie';
import { SameOriginGuard } from './same-origin.guard';
import { sendPage } from './send-page';

const requestForm = z.object({ email: z.string().max(320) });
const passwordForm = z.object({ token: z.string().max(100), password: z.string().max(2000) });

/** A refusal that is about what was typed is told on the form. */
const weak: readonly ErrorCode[] = ['password_length', 'password_common', 'password_personal'];

/** A forgotten password: the link by mail, and the new password behind it (LOG-5). */
@ApiExcludeController()
@Controller('login/reset')
export class ResetController {
  constructor(
    private readonly resets: PasswordResets,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendPage(reply, renderResetRequest(readerOf(request)));
  }

  /** The same answer whether or not there is such an account. */
  @Post()
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async send(
    @Body() body: unknown,
    @Visitor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const reader = readerOf(request);
    const { login, language } = reader.texts;
    const { email: typed } = parse(requestForm, body);
    const email = readAddress(typed);
    if (email === undefined) {
      const problem = { field: 'email', text: login.emailIncomplete };
      return sendPage(reply.status(422), renderResetRequest(reader, typed, problem));
    }
    const outcome = await this.resets.request({ email, actor, language });
    if (outcome.kind === 'sent') return sendPage(reply, renderResetSent(reader, email));
    const problem = { field: 'email', text: login.slowDown(outcome.seconds) };
    reply.status(429).header('retry-after', outcome.seconds);
    await sendPage(reply, renderResetRequest(reader, typed, problem));
  }

  /** Scanners of mail open links: looking uses nothing up. */
  @Get(':token')
  async show(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const reader = readerOf(request);
    try {
      const { email } = await this.resets.find(token);
      await sendPage(reply, renderNewPassword(reader, { token, email }));
    } catch (error) {
      if (!isRefused(error, ['reset_invalid'])) throw error;
      await sendPage(reply.status(errorStatus(error.code)), renderResetUnusable(reader));
    }
  }

  @Post('password')
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async complete(
    @Body() body: unknown,
    @Visitor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { token, password } = parse(passwordForm, body);
    const { texts } = readerOf(request);
    const { language, messages } = texts;
    try {
      const device = readDevice(request, this.config);
      const done = await this.resets.complete({ token, password, device, actor, language });
      keepDevice(reply, done.device, this.config);
      await sendPage(reply, renderResetDone({ texts }));
    } catch (error) {
      if (!isRefused(error, [...weak, 'reset_invalid'])) throw error;
      reply.status(errorStatus(error.code));
      if (error.code === 'reset_invalid') return sendPage(reply, renderResetUnusable({ texts }));
      const { email } = await this.resets.find(token);
      const problem = { field: 'password', text: messages[errorCatalogue[error.code].text]('') };
      await sendPage(reply, renderNewPassword({ texts }, { token, email }, problem));
    }
  }
}

function isRefused(error: unknown, codes: readonly ErrorCode[]): error is SsoError {
  return error instanceof SsoError && codes.includes(error.code);
}

function readAddress(typed: string): string | undefined {
  try {
    return parseEmail(typed);
  } catch {
    return undefined;
  }
}
