import {
  Clock,
  LinkingBoard,
  LinkRequests,
  memberId,
  Tenants,
  type Authority,
  type MemberId,
} from '@gatehouse/core';
import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Answer, ApiController, Body31, Query31 } from '../http/api';
import { OnWord } from '../http/caller';
import { Needs } from '../http/needs';
import { slice } from '../http/pages';
import { idPipe, parse } from '../http/parse';
import {
  boardCounts,
  boardQuery,
  boardSlice,
  presentBoardMember,
  presentRequest,
  sentRequest,
  toBoardPage,
  toConnectionId,
  wantedConnection,
} from './linking.dto';

const MemberIdPipe = idPipe(memberId);

/** Asking members to link their accounts, and seeing how it goes on (LNK-4). */
@ApiController('tenants/:tenant/linking', 'Linking')
export class LinkingBoardController {
  constructor(
    private readonly tenants: Tenants,
    private readonly board: LinkingBoard,
    private readonly requests: LinkRequests,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('members:read')
  @Answer(200, 'How many members are how far.', boardCounts)
  async count(@Param('tenant') name: string) {
    const { id } = await this.tenants.get(name);
    return this.board.count(id);
  }

  @Get('members')
  @Needs('members:read')
  @Query31(boardQuery)
  @Answer(200, 'Member by member, oldest first.', boardSlice)
  async list(@Param('tenant') name: string, @Query() query: unknown) {
    const wanted = toBoardPage(parse(boardQuery, query));
    const { id } = await this.tenants.get(name);
    const found = await this.board.page(id, wanted);
    const now = this.clock.now();
    const shown = found.map((each) => presentBoardMember(each, now));
    return slice(shown, wanted.limit);
  }

  @Post('requests')
  @HttpCode(202)
  @Needs('connections:write')
  @Body31(wantedConnection)
  @Answer(
    202,
    'A letter goes to everybody who can be linked and is not, also to those who have one: its link replaces theirs. Once ' +
      'an hour; `rate_limited` (429) says when again.',
  )
  async askAll(@Param('tenant') name: string, @Body() body: unknown, @OnWord() by: Authority) {
    const { connectionId } = parse(wantedConnection, body);
    const tenant = await this.tenants.get(name);
    await this.requests.resendAll(tenant, by, toConnectionId(connectionId));
    return { accepted: true };
  }

  @Post('requests/:member')
  @Needs('connections:write')
  @Body31(wantedConnection)
  @Answer(201, 'The letter is on its way; the link of the one before leads nowhere.', sentRequest)
  async ask(
    @Param('tenant') name: string,
    @Param('member', MemberIdPipe) member: MemberId,
    @Body() body: unknown,
    @OnWord() by: Authority,
  ) {
    const { connectionId } = parse(wantedConnection, body);
    const tenant = await this.tenants.get(name);
    const request = await this.requests.resend(tenant, member, by, toConnectionId(connectionId));
    return { memberId: member, ...presentRequest(request, this.clock.now()) };
  }
}
