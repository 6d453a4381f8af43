import {
  apiTokenId,
  ApiTokens,
  Clock,
  Tenants,
  type Actor,
  type ApiTokenId,
  type MemberId,
} from '@gatehouse/core';
import { Body, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Answer, ApiController, Body31, Query31 } from '../http/api';
import { Acting, Calling, Whose, type Caller } from '../http/caller';
import { Needs } from '../http/needs';
import { pageQuery, slice, toPage } from '../http/pages';
import { idPipe, parse } from '../http/parse';
import { createdToken, newToken, presentToken, tokenList, tokenShown } from './api-tokens.dto';
import { TokenOwner } from './token-owner';

const ApiTokenIdPipe = idPipe(apiTokenId);

/** Members' keys for programs: owners and admins see and revoke all of them, everybody else their own (SES-4). */
@ApiController('tenants/:tenant/api-tokens', 'API tokens')
export class ApiTokensController {
  constructor(
    private readonly tenants: Tenants,
    private readonly tokens: ApiTokens,
    private readonly owner: TokenOwner,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Needs('api-tokens:write', { own: true, tokens: false })
  @Body31(newToken)
  @Answer(201, 'The token. Its secret is in no other answer.', createdToken)
  async create(@Param('tenant') name: string, @Body() body: unknown, @Calling() caller: Caller) {
    const tenant = await this.tenants.get(name);
    const { memberId, ...wanted } = parse(newToken, body);
    const person = await this.owner.find(caller, tenant.id, memberId);
    const { token, secret } = await this.tokens.create(person, wanted, caller.actor);
    return { ...presentToken({ token, email: person.user.email }, this.clock.now()), secret };
  }

  @Get()
  @Needs('api-tokens:read', { own: true })
  @Query31(pageQuery)
  @Answer(200, 'Newest first; those that have expired are kept for thirty days.', tokenList)
  async list(@Param('tenant') name: string, @Query() query: unknown, @Whose() whose: MemberId | undefined) {
    const page = toPage(parse(pageQuery, query));
    const tenant = await this.tenants.get(name);
    const now = this.clock.now();
    const found = await this.tokens.list(tenant.id, whose, page);
    return slice(
      found.map((each) => presentToken(each, now)),
      page.limit,
    );
  }

  @Get(':id')
  @Needs('api-tokens:read', { own: true })
  @Answer(200, 'The token, without its secret.', tokenShown)
  async get(
    @Param('tenant') name: string,
    @Param('id', ApiTokenIdPipe) id: ApiTokenId,
    @Whose() whose: MemberId | undefined,
  ) {
    const tenant = await this.tenants.get(name);
    return presentToken(await this.tokens.get(tenant.id, id, whose), this.clock.now());
  }

  @Delete(':id')
  @Needs('api-tokens:write', { own: true })
  @HttpCode(204)
  @Answer(204, 'It works no more, from this moment on every server.')
  async revoke(
    @Param('tenant') name: string,
    @Param('id', ApiTokenIdPipe) id: ApiTokenId,
    @Whose() whose: MemberId | undefined,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    await this.tokens.revoke(tenant.id, id, whose, actor);
  }
}
