import {
  Clock,
  invitationId,
  Invitations,
  Tenants,
  type Authority,
  type InvitationId,
  type WantedInvitation,
} from '@gatehouse/core';
import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Answer, ApiController, Body31, Query31 } from '../http/api';
import { requireScope } from '../callers/require-scope';
import { authorityOf, Calling, OnWord, type Caller } from '../http/caller';
import { Needs } from '../http/needs';
import { slice, toPage } from '../http/pages';
import { idPipe, parse } from '../http/parse';
import {
  invitationQuery,
  invitationSlice,
  newInvitation,
  presentInvitation,
  shownInvitation,
  toWanted,
} from './invitations.dto';

const InvitationIdPipe = idPipe(invitationId);

/** Asking people in by mail, of any domain (TEN-5). */
@ApiController('tenants/:tenant/invitations', 'Invitations')
export class InvitationsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly invitations: Invitations,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Needs('members:write')
  @Body31(newInvitation)
  @Answer(
    201,
    'The invitation, whose mail is on its way. `exemption_needed` (422) says that this person could not sign in: send it ' +
      'again with an `exemption`, or with `sso` set to `password`.',
    shownInvitation,
  )
  async invite(@Param('tenant') name: string, @Body() body: unknown, @Calling() caller: Caller) {
    const tenant = await this.tenants.get(name);
    const wanted = toWanted(parse(newInvitation, body));
    // A way past single sign-on is not a matter of members alone (SES-4).
    if (opensAWayPast(wanted)) requireScope(caller, 'enforcement:write');
    const invitation = await this.invitations.invite(tenant, wanted, authorityOf(caller));
    return presentInvitation(invitation, this.clock.now());
  }

  @Get()
  @Needs('members:read')
  @Query31(invitationQuery)
  @Answer(200, 'Newest first.', invitationSlice)
  async list(@Param('tenant') name: string, @Query() query: unknown) {
    const { state, ...page } = parse(invitationQuery, query);
    const { id } = await this.tenants.get(name);
    const now = this.clock.now();
    const found = await this.invitations.list(id, toPage(page), state);
    const shown = found.map((each) => presentInvitation(each, now));
    return slice(shown, page.limit);
  }

  @Get(':id')
  @Needs('members:read')
  @Answer(200, 'The invitation.', shownInvitation)
  async get(@Param('tenant') name: string, @Param('id', InvitationIdPipe) id: InvitationId) {
    const tenant = await this.tenants.get(name);
    return presentInvitation(await this.invitations.get(tenant.id, id), this.clock.now());
  }

  @Post(':id/resend')
  @HttpCode(200)
  @Needs('members:write')
  @Answer(
    200,
    'The invitation with a new link and end; the link of the mail before is good for nothing.',
    shownInvitation,
  )
  async resend(
    @Param('tenant') name: string,
    @Param('id', InvitationIdPipe) id: InvitationId,
    @OnWord() by: Authority,
  ) {
    const tenant = await this.tenants.get(name);
    return presentInvitation(await this.invitations.resend(tenant, id, by), this.clock.now());
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Needs('members:write')
  @Answer(200, 'The invitation, which is good for nothing any more.', shownInvitation)
  async revoke(
    @Param('tenant') name: string,
    @Param('id', InvitationIdPipe) id: InvitationId,
    @OnWord() by: Authority,
  ) {
    const tenant = await this.tenants.get(name);
    return presentInvitation(await this.invitations.revoke(tenant.id, id, by), this.clock.now());
  }
}

function opensAWayPast({ exemption, sso }: WantedInvitation): boolean {
  return exemption !== undefined || (sso !== undefined && sso !== 'sso');
}
