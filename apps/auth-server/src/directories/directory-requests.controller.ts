import {
  Directories,
  directoryId,
  directoryRequestId,
  DirectoryRequestStore,
  SsoError,
  Tenants,
  type DirectoryId,
  type DirectoryRequestId,
} from '@gatehouse/core';
import { Get, Param, Query } from '@nestjs/common';
import { Answer, ApiController, Query31 } from '../http/api';
import { Needs } from '../http/needs';
import { toPage } from '../http/pages';
import { idPipe, parse } from '../http/parse';
import { requestList, requestQuery, requestShown } from './directories.dto';
import { listRequest, presentRequest } from './present-directory';

const DirectoryIdPipe = idPipe(directoryId);
const DirectoryRequestIdPipe = idPipe(directoryRequestId);

/** What a directory's client asked in the last thirty days, and what it was answered (SCM-7). */
@ApiController('tenants/:tenant/directories/:directory/requests', 'Directories')
export class DirectoryRequestsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly directories: Directories,
    private readonly requests: DirectoryRequestStore,
  ) {}

  @Get()
  @Needs('directories:read')
  @Query31(requestQuery)
  @Answer(200, 'Newest first, without their bodies; a request is here within a second or two.', requestList)
  async list(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) id: DirectoryId,
    @Query() query: unknown,
  ) {
    const tenant = await this.tenants.get(name);
    const { since, until, ...wanted } = parse(requestQuery, query);
    await this.directories.get(tenant.id, id);
    const search = {
      ...wanted,
      ...(since && { since: new Date(since) }),
      ...(until && { until: new Date(until) }),
    };
    const { requests, next } = await this.requests.list(tenant.id, id, search, toPage(wanted));
    return { items: requests.map(listRequest), next };
  }

  @Get(':id')
  @Needs('directories:read')
  @Answer(200, 'The request with its body, without passwords and tokens.', requestShown)
  async get(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) directory: DirectoryId,
    @Param('id', DirectoryRequestIdPipe) id: DirectoryRequestId,
  ) {
    const tenant = await this.tenants.get(name);
    const found = await this.requests.find(tenant.id, directory, id);
    if (found) return presentRequest(found);
    throw new SsoError('not_found', 'There is no such request here. They are kept for thirty days.', {
      got: id,
    });
  }
}
