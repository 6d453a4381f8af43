import {
  Clock,
  memberId,
  MemberList,
  Members,
  Tenants,
  writeCursor,
  type Authority,
  type MemberId,
} from '@gatehouse/core';
import { Body, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { Answer, ApiController, Body31, Query31 } from '../http/api';
import { OnWord } from '../http/caller';
import { Needs } from '../http/needs';
import { idPipe, parse } from '../http/parse';
import {
  listedMember,
  memberChange,
  memberQuery,
  memberSlice,
  newMember,
  presentListed,
  presentMember,
  removal,
  toMemberQuery,
} from './members.dto';

const MemberIdPipe = idPipe(memberId);

@ApiController('tenants/:tenant/members', 'Members')
export class MembersController {
  constructor(
    private readonly tenants: Tenants,
    private readonly members: Members,
    private readonly memberList: MemberList,
    private readonly clock: Clock,
  ) {}

  /** Members invite instead: an answer to them would tell of people whom only other tenants know, and nobody had agreed. */
  @Post()
  @Needs('operator')
  @Body31(newMember)
  @Answer(201, 'The membership; the user is created if the e-mail is new. Nobody is told: see invitations.')
  async add(@Param('tenant') name: string, @Body() body: unknown, @OnWord() by: Authority) {
    const tenant = await this.tenants.get(name);
    return presentMember(await this.members.add(tenant, parse(newMember, body), by));
  }

  @Get()
  @Needs('members:read')
  @Query31(memberQuery)
  @Answer(200, 'Those of whom everything holds that was asked for.', memberSlice)
  async list(@Param('tenant') name: string, @Query() query: unknown) {
    const wanted = toMemberQuery(parse(memberQuery, query), this.clock.now());
    const { id } = await this.tenants.get(name);
    const [found, total] = await Promise.all([
      this.memberList.page(id, wanted),
      this.memberList.count(id, wanted),
    ]);
    const last = found.length === wanted.limit ? found.at(-1) : undefined;
    return {
      items: found.map(presentListed),
      next: last && writeCursor(last, wanted.sort),
      total: total.counted,
      totalIsExact: !total.more,
    };
  }

  @Get(':id')
  @Needs('members:read')
  @Answer(200, 'The member.', listedMember)
  async get(@Param('tenant') name: string, @Param('id', MemberIdPipe) id: MemberId) {
    const tenant = await this.tenants.get(name);
    const listed = await this.memberList.find(tenant.id, id);
    return listed ? presentListed(listed) : presentMember(await this.members.get(tenant.id, id));
  }

  @Patch(':id')
  @Needs('members:write')
  @Body31(memberChange)
  @Answer(200, 'The member, whose next request has the new role.')
  async change(
    @Param('tenant') name: string,
    @Param('id', MemberIdPipe) id: MemberId,
    @Body() body: unknown,
    @OnWord() by: Authority,
  ) {
    const tenant = await this.tenants.get(name);
    return presentMember(await this.members.changeRole(tenant.id, id, parse(memberChange, body).role, by));
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @Needs('members:write')
  @Answer(200, 'The member, whose sessions in this tenant have ended.')
  async suspend(
    @Param('tenant') name: string,
    @Param('id', MemberIdPipe) id: MemberId,
    @OnWord() by: Authority,
  ) {
    const tenant = await this.tenants.get(name);
    return presentMember(await this.members.suspend(tenant.id, id, by));
  }

  @Post(':id/unsuspend')
  @HttpCode(200)
  @Needs('members:write')
  @Answer(200, 'The member, who may sign in again.')
  async unsuspend(
    @Param('tenant') name: string,
    @Param('id', MemberIdPipe) id: MemberId,
    @OnWord() by: Authority,
  ) {
    const tenant = await this.tenants.get(name);
    return presentMember(await this.members.unsuspend(tenant.id, id, by));
  }

  @Delete(':id')
  @Needs('members:write')
  @Answer(
    200,
    'Sessions, API tokens, links and open invitations of the member have ended. The person comes in again by an ' +
      'invitation or after being readmitted, and not by itself.',
    removal,
  )
  async remove(
    @Param('tenant') name: string,
    @Param('id', MemberIdPipe) id: MemberId,
    @OnWord() by: Authority,
  ) {
    const tenant = await this.tenants.get(name);
    const { sessionsEnded } = await this.members.remove(tenant.id, id, by);
    return { removed: id, sessionsEnded };
  }
}
