import {
  memberId,
  Members,
  sessionId,
  Sessions,
  SsoError,
  Tenants,
  type Actor,
  type MemberId,
  type Page,
  type SessionId,
  type Tenant,
} from '@gatehouse/core';
import { Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { Answer, ApiController, Query31 } from '../http/api';
import { Acting, Calling, sessionOf, Whose, type Caller } from '../http/caller';
import { Needs } from '../http/needs';
import { pageQuery, slice, toPage } from '../http/pages';
import { idPipe, parse } from '../http/parse';
import { endedSessions, everybody, presentSession, sessionList, sessionQuery } from './sessions.dto';

const SessionIdPipe = idPipe(sessionId);
const MemberIdPipe = idPipe(memberId);

/** Who is signed in: owners and admins see and end all sessions of their tenant, everybody else their own (SES-3). */
@ApiController('tenants/:tenant', 'Sessions')
export class SessionsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly members: Members,
    private readonly sessions: Sessions,
  ) {}

  @Get('sessions')
  @Needs('sessions:read', { own: true })
  @Query31(sessionQuery)
  @Answer(200, 'Those that are alive, newest first.', sessionList)
  async list(
    @Param('tenant') name: string,
    @Query() query: unknown,
    @Whose() whose: MemberId | undefined,
    @Calling() caller: Caller,
  ) {
    const wanted = parse(sessionQuery, query);
    const tenant = await this.tenants.get(name);
    if (wanted.member !== undefined) requireOwn(wanted.member, whose);
    return this.page(tenant, wanted.member ?? whose, toPage(wanted), caller);
  }

  @Get('members/:id/sessions')
  @Needs('sessions:read', { own: true })
  @Query31(pageQuery)
  @Answer(200, 'Those of this member that are alive, newest first.', sessionList)
  async listOf(
    @Param('tenant') name: string,
    @Param('id', MemberIdPipe) id: MemberId,
    @Query() query: unknown,
    @Whose() whose: MemberId | undefined,
    @Calling() caller: Caller,
  ) {
    const page = toPage(parse(pageQuery, query));
    const tenant = await this.tenants.get(name);
    requireOwn(id, whose);
    await this.members.get(tenant.id, id);
    return this.page(tenant, id, page, caller);
  }

  @Delete('sessions/:id')
  @Needs('sessions:write', { own: true })
  @HttpCode(204)
  @Answer(204, 'It has ended; applications are told within seconds.')
  async end(
    @Param('tenant') name: string,
    @Param('id', SessionIdPipe) id: SessionId,
    @Whose() whose: MemberId | undefined,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    await this.sessions.end(tenant.id, id, actor, whose);
  }

  @Delete('members/:id/sessions')
  @Needs('sessions:write', { own: true })
  @Answer(
    200,
    'How many sessions of this member have ended, the one that you call with included.',
    endedSessions,
  )
  async endOf(
    @Param('tenant') name: string,
    @Param('id', MemberIdPipe) id: MemberId,
    @Whose() whose: MemberId | undefined,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    requireOwn(id, whose);
    await this.members.get(tenant.id, id);
    return { ended: await this.sessions.endAllOf(tenant.id, id, actor) };
  }

  @Delete('sessions')
  @Needs('sessions:write')
  @Query31(everybody)
  @Answer(
    200,
    'How many sessions of this tenant have ended, the one that you call with included.',
    endedSessions,
  )
  async endAll(@Param('tenant') name: string, @Query() query: unknown, @Acting() actor: Actor) {
    const { confirm } = parse(everybody, query);
    const tenant = await this.tenants.get(name);
    requireConfirmed(tenant, confirm);
    return { ended: await this.sessions.endAll(tenant.id, actor) };
  }

  private async page({ id }: Tenant, of: MemberId | undefined, page: Page, caller: Caller) {
    const found = await this.sessions.list(id, of === undefined ? {} : { memberId: of }, page);
    const current = sessionOf(caller)?.session.id;
    return slice(
      found.map((each) => presentSession(each, current)),
      page.limit,
    );
  }
}

/** Of another member's there is nothing to see, not even whether there is such a member. */
function requireOwn(id: MemberId, whose: MemberId | undefined): void {
  if (whose === undefined || whose === id) return;
  throw new SsoError('not_found', 'There is no such member of this tenant.', { got: id });
}

function requireConfirmed({ slug }: Tenant, confirm: string): void {
  if (confirm === slug) return;
  throw new SsoError(
    'validation_failed',
    'Repeat the slug of the tenant: everybody in it will be signed out.',
    {
      want: `confirm=${slug}`,
      got: confirm.slice(0, 80),
    },
  );
}
