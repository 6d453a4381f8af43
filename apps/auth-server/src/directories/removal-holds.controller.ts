import {
  Directories,
  directoryId,
  removalHoldId,
  RemovalHolds,
  SsoError,
  Tenants,
  type Authority,
  type DirectoryId,
  type RemovalHoldId,
  type TenantId,
  type WaitingHold,
} from '@gatehouse/core';
import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Answer, ApiController, Body31, Query31 } from '../http/api';
import { OnWord } from '../http/caller';
import { Needs } from '../http/needs';
import { pageQuery, slice, toPage } from '../http/pages';
import { idPipe, parse } from '../http/parse';
import {
  approvalInput,
  heldPeople,
  holdList,
  holdShown,
  presentHeld,
  presentHold,
} from './removal-holds.dto';

const DirectoryIdPipe = idPipe(directoryId);
const RemovalHoldIdPipe = idPipe(removalHoldId);

/** Removals that a directory asked for, and that wait for an owner's word (SCM-8). */
@ApiController('tenants/:tenant/directories/:directory/removal-holds', 'Directories')
export class RemovalHoldsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly directories: Directories,
    private readonly holds: RemovalHolds,
  ) {}

  @Get()
  @Needs('directories:read')
  @Query31(pageQuery)
  @Answer(200, 'Newest first, those that were decided on included.', holdList)
  async list(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) directory: DirectoryId,
    @Query() query: unknown,
  ) {
    const page = toPage(parse(pageQuery, query));
    const tenant = await this.tenants.get(name);
    await this.directories.get(tenant.id, directory);
    return slice((await this.holds.list(tenant.id, directory, page)).map(presentHold), page.limit);
  }

  @Get(':id')
  @Needs('directories:read')
  @Answer(200, 'The hold.', holdShown)
  async get(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) directory: DirectoryId,
    @Param('id', RemovalHoldIdPipe) id: RemovalHoldId,
  ) {
    const tenant = await this.tenants.get(name);
    return presentHold(await this.ofDirectory(tenant.id, directory, id));
  }

  @Get(':id/people')
  @Needs('directories:read')
  @Query31(pageQuery)
  @Answer(200, 'Who waits, and is a member until then.', heldPeople)
  async people(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) directory: DirectoryId,
    @Param('id', RemovalHoldIdPipe) id: RemovalHoldId,
    @Query() query: unknown,
  ) {
    const page = toPage(parse(pageQuery, query));
    const tenant = await this.tenants.get(name);
    await this.ofDirectory(tenant.id, directory, id);
    return slice((await this.holds.people(tenant.id, id, page)).map(presentHeld), page.limit);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Needs('members:write')
  @Body31(approvalInput)
  @Answer(200, 'By an owner. What the directory asked for is carried out within seconds.', holdShown)
  async approve(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) directory: DirectoryId,
    @Param('id', RemovalHoldIdPipe) id: RemovalHoldId,
    @Body() body: unknown,
    @OnWord() by: Authority,
  ) {
    const { people } = parse(approvalInput, body ?? {});
    const tenant = await this.tenants.get(name);
    await this.ofDirectory(tenant.id, directory, id);
    return presentHold(await this.holds.approve(tenant.id, id, by, people));
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @Needs('members:write')
  @Answer(
    200,
    'By an owner. These people stay members until the directory says something new of them.',
    holdShown,
  )
  async refuse(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) directory: DirectoryId,
    @Param('id', RemovalHoldIdPipe) id: RemovalHoldId,
    @OnWord() by: Authority,
  ) {
    const tenant = await this.tenants.get(name);
    await this.ofDirectory(tenant.id, directory, id);
    return presentHold(await this.holds.refuse(tenant.id, id, by));
  }

  private async ofDirectory(
    tenantId: TenantId,
    directory: DirectoryId,
    id: RemovalHoldId,
  ): Promise<WaitingHold> {
    const hold = await this.holds.get(tenantId, id);
    if (hold.directoryId === directory) return hold;
    throw new SsoError('not_found', 'This directory holds nothing under this ID.', { got: id });
  }
}
