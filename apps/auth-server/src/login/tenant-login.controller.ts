import { isSsoInEffect, LocalSignIn, slugPattern, TenantStore, type Tenant } from '@gatehouse/core';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accountSignInUrl } from '../account/account-sign-in';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { parse } from '../http/parse';
import type { Problem } from '../pages/form';
import {
  renderOwnerPage,
  renderTenantPage,
  renderUnknownTenant,
  type TenantPage,
} from '../pages/login/tenant-page';
import { readerOf, type Reader } from '../pages/reader';
import { AnswerLocal } from './answer-local';
import { LocalVisitors } from './local-visitors';
import { credentialsForm } from './password.controller';
import { SameOriginGuard } from './same-origin.guard';
import { sendPage } from './send-page';
import { SsoChoices } from './sso-choices';
import { waitingQuery, WaitingSignIn } from './waiting-sign-in';

interface Shown {
  readonly render: (reader: Reader, page: TenantPage) => string;
  /** How the account pages ask for it, where no application waits. */
  readonly way: 'choose' | 'owner';
}

const allWays: Shown = { render: renderTenantPage, way: 'choose' };
const ownerAccess: Shown = { render: renderOwnerPage, way: 'owner' };

/** Where the people of one organisation sign in, with or without an application that waits (LOG-4). */
@ApiExcludeController()
@Controller('t/:slug/login')
export class TenantLoginController {
  constructor(
    private readonly tenants: TenantStore,
    private readonly waiting: WaitingSignIn,
    private readonly choices: SsoChoices,
    private readonly signIn: LocalSignIn,
    private readonly visitors: LocalVisitors,
    private readonly local: AnswerLocal,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  show(
    @Param('slug') slug: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.render(slug, query, request, reply, allWays);
  }

  @Get('owner')
  showOwner(
    @Param('slug') slug: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.render(slug, query, request, reply, ownerAccess);
  }

  @Post()
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  take(
    @Param('slug') slug: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.begin(slug, body, request, reply, allWays);
  }

  @Post('owner')
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  takeOwner(
    @Param('slug') slug: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.begin(slug, body, request, reply, ownerAccess);
  }

  private async render(
    slug: string,
    query: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
    shown: Shown,
  ): Promise<void> {
    const tenant = await this.find(slug);
    if (!tenant) return sendPage(reply.status(404), renderUnknownTenant(readerOf(request)));
    if (await this.waiting.findFor(tenant, request, reply))
      return sendPage(reply, shown.render(readerOf(request), await this.describe(tenant)));
    await this.waiting.refuseLost(parse(waitingQuery, query).interaction);
    await this.askOurselves(reply, tenant, shown);
  }

  private async begin(
    slug: string,
    body: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
    shown: Shown,
  ): Promise<void> {
    const tenant = await this.find(slug);
    if (!tenant) return sendPage(reply.status(404), renderUnknownTenant(readerOf(request)));
    const interaction = await this.waiting.findFor(tenant, request, reply);
    if (!interaction) return this.askOurselves(reply, tenant, shown);
    const typed = parse(credentialsForm, body);
    const visitor = this.visitors.of(request, reply, interaction.uid);
    const outcome = await this.signIn.begin({ ...visitor, ...typed, tenantId: tenant.id });
    const show = async (reader: Reader, problem: Problem) =>
      shown.render(reader, { ...(await this.describe(tenant)), email: typed.email, problem });
    const wrong = { field: 'password', text: readerOf(request).texts.login.wrong };
    await this.local.answer(request, reply, outcome, { wrong, show });
  }

  /** No application waits: the pages of the person's own account do, which brings the browser back here. */
  private async askOurselves(reply: FastifyReply, { slug }: Tenant, { way }: Shown): Promise<void> {
    const asked = { returnTo: '/account', tenant: slug, way };
    await reply.header('cache-control', 'no-store').redirect(accountSignInUrl(this.config, asked), 303);
  }

  private async describe(tenant: Tenant): Promise<TenantPage> {
    const { slug, name, policy } = tenant;
    const isRequired = isSsoInEffect(tenant) && policy.sso === 'required';
    const connections = await this.choices.of(tenant);
    return { slug, name, connections, password: isRequired ? 'owners' : 'everybody' };
  }

  private async find(slug: string): Promise<Tenant | undefined> {
    return slugPattern.test(slug) ? this.tenants.findBySlug(slug) : undefined;
  }
}
