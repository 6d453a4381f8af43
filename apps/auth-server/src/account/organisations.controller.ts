import {
  Clock,
  decideAccess,
  isProvenByPerson,
  Memberships,
  type Membership,
  type SessionView,
} from '@gatehouse/core';
import { Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SameOriginGuard } from '../login/same-origin.guard';
import { renderOrganisations, type OtherOrganisation } from '../pages/account/organisations-page';
import { readerOf } from '../pages/reader';
import { AccountVisitors } from './account-visitors';
import { sendPage } from '../login/send-page';

const page = '/account/organisations';

/** The organisations of whoever is signed in, and the way to each, which asks again (SES-2). */
@ApiExcludeController()
@Controller('account/organisations')
export class AccountOrganisationsController {
  constructor(
    private readonly visitors: AccountVisitors,
    private readonly memberships: Memberships,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const view = await this.visitors.require(request, reply, page);
    if (!view) return;
    const others = isProvenByPerson(view.session) ? await this.othersOf(view) : 'hidden';
    await sendPage(reply, renderOrganisations(readerOf(request), view.tenant, others));
  }

  /** Leads to the proof that shows all of them. */
  @Post()
  @UseGuards(SameOriginGuard)
  async prove(@Res() reply: FastifyReply): Promise<void> {
    await this.visitors.sendToProof(reply, page);
  }

  private async othersOf({ user, tenant: here }: SessionView): Promise<readonly OtherOrganisation[]> {
    const own = await this.memberships.ofUserAnywhere(user.id);
    const others = own.filter(({ tenant, member }) => tenant.id !== here.id && !member.suspendedAt);
    const open = others.filter(({ tenant }) => !tenant.suspendedAt);
    const now = this.clock.now();
    return open.map((membership) => ({ ...membership.tenant, way: wayInto(membership, now) }));
  }
}

/** Who is exempt there, or set to a password, may be unknown to its identity provider; who may use either is asked. */
function wayInto({ tenant, member }: Membership, now: Date): OtherOrganisation['way'] {
  const { rule } = decideAccess({ tenant, member, method: 'password', now });
  if (rule === 'exempt' || rule === 'member-on-password') return 'password';
  return rule === 'sso-optional' ? 'choose' : undefined;
}
