import { Memberships } from '@gatehouse/core';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { renderOrganisations } from '../pages/account/organisations-page';
import { readerOf } from '../pages/reader';
import { AccountVisitors } from './account-visitors';
import { sendPage } from '../login/send-page';

/** The organisations of whoever is signed in, and the way to each, which asks again (SES-2). */
@ApiExcludeController()
@Controller('account/organisations')
export class AccountOrganisationsController {
  constructor(
    private readonly visitors: AccountVisitors,
    private readonly memberships: Memberships,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const view = await this.visitors.require(request, reply, '/account/organisations');
    if (!view) return;
    const own = await this.memberships.ofUserAnywhere(view.user.id);
    const others = own.filter(({ tenant, member }) => tenant.id !== view.tenant.id && !member.suspendedAt);
    const tenants = others.map(({ tenant }) => tenant).filter(({ suspendedAt }) => !suspendedAt);
    await sendPage(reply, renderOrganisations(readerOf(request), view.tenant, tenants));
  }
}
