import {
  Directories,
  directoryId,
  Tenants,
  type Actor,
  type DirectoryId,
  type DirectoryOverview,
} from '@gatehouse/core';
import { Body, Delete, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import type { Config } from '../config';
import { Answer, ApiController, Body31 } from '../http/api';
import { Acting } from '../http/caller';
import { CONFIG } from '../http/config.token';
import { Needs } from '../http/needs';
import { idPipe, parse } from '../http/parse';
import { directoryChange, directoryList, directoryShown, newDirectory } from './directories.dto';
import { presentDirectory } from './present-directory';

const DirectoryIdPipe = idPipe(directoryId);

/** The customer's directories that provision people and groups by SCIM. */
@ApiController('tenants/:tenant/directories', 'Directories')
export class DirectoriesController {
  constructor(
    private readonly tenants: Tenants,
    private readonly directories: Directories,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @Needs('directories:write')
  @Body31(newDirectory)
  @Answer(201, 'The directory. It lets nobody in before a token of it is made.', directoryShown)
  async create(@Param('tenant') name: string, @Body() body: unknown, @Acting() actor: Actor) {
    const tenant = await this.tenants.get(name);
    return this.show(await this.directories.create(tenant.id, parse(newDirectory, body), actor));
  }

  @Get()
  @Needs('directories:read')
  @Answer(200, 'All of them, oldest first.', directoryList)
  async list(@Param('tenant') name: string) {
    const tenant = await this.tenants.get(name);
    const found = await this.directories.list(tenant.id);
    return { items: found.map((each) => this.show(each)) };
  }

  @Get(':id')
  @Needs('directories:read')
  @Answer(200, 'The directory, with the address that its client needs.', directoryShown)
  async get(@Param('tenant') name: string, @Param('id', DirectoryIdPipe) id: DirectoryId) {
    const tenant = await this.tenants.get(name);
    return this.show(await this.directories.get(tenant.id, id));
  }

  @Patch(':id')
  @Needs('directories:write')
  @Body31(directoryChange)
  @Answer(200, 'The directory as it is now. What was not named stays.', directoryShown)
  async change(
    @Param('tenant') name: string,
    @Param('id', DirectoryIdPipe) id: DirectoryId,
    @Body() body: unknown,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const change = parse(directoryChange, body);
    return this.show(await this.directories.change(tenant.id, id, change, actor));
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Needs('directories:write')
  @Answer(
    200,
    'From now on its client is told to come later (503), and nothing is read or written.',
    directoryShown,
  )
  async pause(
    @Param('tenant') name: string,
    @Param('id', DirectoryIdPipe) id: DirectoryId,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    return this.show(await this.directories.pause(tenant.id, id, actor));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Needs('directories:write')
  @Answer(200, 'Its client is answered again.', directoryShown)
  async resume(
    @Param('tenant') name: string,
    @Param('id', DirectoryIdPipe) id: DirectoryId,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    return this.show(await this.directories.resume(tenant.id, id, actor));
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('directories:write')
  @Answer(
    204,
    'It is gone with its tokens, people, groups, mappings and requests. Members stay members; who is suspended stays so.',
  )
  async remove(
    @Param('tenant') name: string,
    @Param('id', DirectoryIdPipe) id: DirectoryId,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    await this.directories.remove(tenant.id, id, actor);
  }

  private show(overview: DirectoryOverview) {
    return presentDirectory(overview, this.config.publicUrl);
  }
}
