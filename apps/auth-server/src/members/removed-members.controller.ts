import { memberId, RemovedMembers, Tenants, type Authority, type MemberId } from '@gatehouse/core';
import { Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Answer, ApiController, Query31 } from '../http/api';
import { OnWord } from '../http/caller';
import { Needs } from '../http/needs';
import { pageQuery, slice, toPage } from '../http/pages';
import { idPipe, parse } from '../http/parse';
import { presentRemoved, removedMemberSlice } from './removed-members.dto';

const MemberIdPipe = idPipe(memberId);

/** Whom somebody removed: nobody of them is let in by an identity provider alone (TEN-11). */
@ApiController('tenants/:tenant/removed-members', 'Members')
export class RemovedMembersController {
  constructor(
    private readonly tenants: Tenants,
    private readonly removed: RemovedMembers,
  ) {}

  @Get()
  @Needs('members:read')
  @Query31(pageQuery)
  @Answer(200, 'By the ID of the membership that ended.', removedMemberSlice)
  async list(@Param('tenant') name: string, @Query() query: unknown) {
    const page = toPage(parse(pageQuery, query));
    const { id } = await this.tenants.get(name);
    return slice((await this.removed.list(id, page)).map(presentRemoved), page.limit);
  }

  @Post(':id/readmit')
  @HttpCode(204)
  @Needs('members:write')
  @Answer(204, 'Nobody became a member by it: what lets strangers in, lets this person in again as well.')
  async readmit(
    @Param('tenant') name: string,
    @Param('id', MemberIdPipe) id: MemberId,
    @OnWord() by: Authority,
  ): Promise<void> {
    const tenant = await this.tenants.get(name);
    await this.removed.readmit(tenant.id, id, by);
  }
}
