import { memberId, Tenants, UnlinkMember, type Authority, type MemberId } from '@gatehouse/core';
import { Delete, Param, Query } from '@nestjs/common';
import { Answer, ApiController, Query31 } from '../http/api';
import { OnWord } from '../http/caller';
import { Needs } from '../http/needs';
import { idPipe, parse } from '../http/parse';
import { connectionQuery, toConnectionId, unlinked } from './linking.dto';

const MemberIdPipe = idPipe(memberId);

/** The links of one member (LNK-10). */
@ApiController('tenants/:tenant/members/:member/links', 'Linking')
export class MemberLinksController {
  constructor(
    private readonly tenants: Tenants,
    private readonly unlinking: UnlinkMember,
  ) {}

  @Delete()
  @Needs('members:write')
  @Query31(connectionQuery)
  @Answer(
    200,
    'Links, sessions that came by them and open letters are gone. The next link is made by the person alone: neither ' +
      'association by e-mail nor an approved move brings it back.',
    unlinked,
  )
  async unlink(
    @Param('tenant') name: string,
    @Param('member', MemberIdPipe) member: MemberId,
    @Query() query: unknown,
    @OnWord() by: Authority,
  ) {
    const { connection } = parse(connectionQuery, query);
    const tenant = await this.tenants.get(name);
    return this.unlinking.unlink(tenant.id, member, toConnectionId(connection), by);
  }
}
