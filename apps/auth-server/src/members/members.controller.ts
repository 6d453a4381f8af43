import { memberId, Members, Tenants, type Actor, type MemberId } from '@gatehouse/core';
import { Body, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { Acting } from '../http/caller';
import { Answer, ApiController, Body31 } from '../http/api';
import { Needs } from '../http/needs';
import { pageQuery, slice, toPage } from '../http/pages';
import { idPipe, parse } from '../http/parse';
import { memberChange, newMember, presentMember } from './members.dto';

const MemberIdPipe = idPipe(memberId);

@ApiController('tenants/:tenant/members', 'Members')
export class MembersController {
  constructor(
    private readonly tenants: Tenants,
    private readonly members: Members,
  ) {}

  @Post()
  @Needs('members:write')
  @Body31(newMember)
  @Answer(201, 'The membership; the user is created if the e-mail is new.')
  async add(@Param('tenant') name: string, @Body() body: unknown, @Acting() actor: Actor) {
    const tenant = await this.tenants.get(name);
    return presentMember(await this.members.add(tenant.id, parse(newMember, body), actor));
  }

  @Get()
  @Needs('members:read')
  async list(@Param('tenant') name: string, @Query() query: unknown) {
    const tenant = await this.tenants.get(name);
    const page = toPage(parse(pageQuery, query));
    return slice((await this.members.list(tenant.id, page)).map(presentMember), page.limit);
  }

  @Get(':id')
  @Needs('members:read')
  async get(@Param('tenant') name: string, @Param('id', MemberIdPipe) id: MemberId) {
    const tenant = await this.tenants.get(name);
    return presentMember(await this.members.get(tenant.id, id));
  }

  @Patch(':id')
  @Needs('members:write')
  @Body31(memberChange)
  async change(
    @Param('tenant') name: string,
    @Param('id', MemberIdPipe) id: MemberId,
    @Body() body: unknown,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    return presentMember(await this.members.changeRole(tenant.id, id, parse(memberChange, body).role, actor));
  }
}
