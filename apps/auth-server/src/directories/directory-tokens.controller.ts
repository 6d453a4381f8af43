import {
  Clock,
  Directories,
  directoryId,
  directoryTokenId,
  DirectoryTokens,
  Tenants,
  type Actor,
  type DirectoryId,
  type DirectoryTokenId,
} from '@gatehouse/core';
import { Body, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { requireFreshSignIn } from '../callers/require-fresh-sign-in';
import { Answer, ApiController, Body31 } from '../http/api';
import { Acting, authorityOf, Calling, type Caller } from '../http/caller';
import { Needs } from '../http/needs';
import { idPipe, parse } from '../http/parse';
import { createdDirectoryToken, directoryTokenList, newDirectoryToken } from './directories.dto';
import { presentDirectoryToken } from './present-directory';

const DirectoryIdPipe = idPipe(directoryId);
const DirectoryTokenIdPipe = idPipe(directoryTokenId);

/** The keys of a directory: several at once, so that one can take the other's place without a gap (SCM-5). */
@ApiController('tenants/:tenant/directories/:directory/tokens', 'Directories')
export class DirectoryTokensController {
  constructor(
    private readonly tenants: Tenants,
    private readonly directories: Directories,
    private readonly tokens: DirectoryTokens,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Needs('directories:write')
  @Body31(newDirectoryToken)
  @Answer(201, 'The token. Its secret is in no other answer.', createdDirectoryToken)
  async create(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) id: DirectoryId,
    @Body() body: unknown,
    @Calling() caller: Caller,
  ) {
    const tenant = await this.tenants.get(name);
    const wanted = parse(newDirectoryToken, body);
    requireFreshSignIn(caller, this.clock.now(), 'you make a token of a directory');
    const { token, secret } = await this.tokens.create(tenant.id, id, wanted, authorityOf(caller));
    return { ...presentDirectoryToken(token, this.clock.now()), secret };
  }

  @Get()
  @Needs('directories:read')
  @Answer(
    200,
    'Newest first, without their secrets; those that have ended are kept for a while.',
    directoryTokenList,
  )
  async list(@Param('tenant') name: string, @Param('directory', DirectoryIdPipe) id: DirectoryId) {
    const tenant = await this.tenants.get(name);
    await this.directories.get(tenant.id, id);
    const now = this.clock.now();
    const found = await this.tokens.list(tenant.id, id);
    return { items: found.map((token) => presentDirectoryToken(token, now)) };
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('directories:write')
  @Answer(204, 'It works no more, from this moment on every server.')
  async revoke(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) directory: DirectoryId,
    @Param('id', DirectoryTokenIdPipe) id: DirectoryTokenId,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    await this.tokens.revoke(tenant.id, directory, id, actor);
  }
}
