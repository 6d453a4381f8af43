import {
  directoryId,
  roleMappingId,
  RoleMappings,
  Tenants,
  type Authority,
  type DirectoryId,
  type MappingChange,
  type RoleMappingId,
} from '@gatehouse/core';
import { Body, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { Answer, ApiController, Body31 } from '../http/api';
import { OnWord } from '../http/caller';
import { Needs } from '../http/needs';
import { idPipe, parse } from '../http/parse';
import {
  mappingChange,
  mappingList,
  mappingOrder,
  mappingOutcome,
  newMapping,
  presentMapping,
  presentOutcome,
  wantedChange,
} from './role-mappings.dto';

const DirectoryIdPipe = idPipe(directoryId);
const RoleMappingIdPipe = idPipe(roleMappingId);

/**
 * Which groups of a directory give which roles (SCM-4). Who changes them gives and takes roles of members, so that a program
 * needs the scope for that.
 */
@ApiController('tenants/:tenant/directories/:directory/role-mappings', 'Directories')
export class RoleMappingsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly mappings: RoleMappings,
  ) {}

  @Get()
  @Needs('directories:read')
  @Answer(200, 'All of them, the one that wins first.', mappingList)
  async list(@Param('tenant') name: string, @Param('directory', DirectoryIdPipe) directory: DirectoryId) {
    const tenant = await this.tenants.get(name);
    return { items: (await this.mappings.list(tenant.id, directory)).map(presentMapping) };
  }

  @Post()
  @Needs('members:write')
  @Body31(newMapping)
  @Answer(201, 'Done, with the roles of the members of that group.', mappingOutcome)
  create(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) directory: DirectoryId,
    @Body() body: unknown,
    @OnWord() by: Authority,
  ) {
    return this.change(name, directory, { kind: 'create', ...parse(newMapping, body) }, by);
  }

  @Put('order')
  @Needs('members:write')
  @Body31(mappingOrder)
  @Answer(200, 'Done, with the roles of everybody in a mapped group.', mappingOutcome)
  reorder(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) directory: DirectoryId,
    @Body() body: unknown,
    @OnWord() by: Authority,
  ) {
    return this.change(name, directory, { kind: 'reorder', ...parse(mappingOrder, body) }, by);
  }

  @Post('preview')
  @HttpCode(200)
  @Needs('members:write')
  @Body31(wantedChange)
  @Answer(200, 'What a change would do. Nothing was changed.', mappingOutcome)
  async preview(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) directory: DirectoryId,
    @Body() body: unknown,
    @OnWord() by: Authority,
  ) {
    const tenant = await this.tenants.get(name);
    return presentOutcome(await this.mappings.preview(tenant.id, directory, parse(wantedChange, body), by));
  }

  @Post('replay')
  @HttpCode(200)
  @Needs('members:write')
  @Answer(
    200,
    'Everybody has the role that the mappings say, but for whom a person gave another one.',
    mappingOutcome,
  )
  replay(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) directory: DirectoryId,
    @OnWord() by: Authority,
  ) {
    return this.change(name, directory, { kind: 'replay' }, by);
  }

  @Patch(':id')
  @Needs('members:write')
  @Body31(mappingChange)
  @Answer(200, 'Done, with the roles of members. What was not named stays.', mappingOutcome)
  update(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) directory: DirectoryId,
    @Param('id', RoleMappingIdPipe) id: RoleMappingId,
    @Body() body: unknown,
    @OnWord() by: Authority,
  ) {
    return this.change(name, directory, { kind: 'update', id, ...parse(mappingChange, body) }, by);
  }

  @Delete(':id')
  @Needs('members:write')
  @Answer(
    200,
    'Done: whom no other mapping gives a role has the default one, unless a person gave another.',
    mappingOutcome,
  )
  remove(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) directory: DirectoryId,
    @Param('id', RoleMappingIdPipe) id: RoleMappingId,
    @OnWord() by: Authority,
  ) {
    return this.change(name, directory, { kind: 'delete', id }, by);
  }

  private async change(name: string, directory: DirectoryId, change: MappingChange, by: Authority) {
    const tenant = await this.tenants.get(name);
    return presentOutcome(await this.mappings.change(tenant.id, directory, change, by));
  }
}
