import {
  Directories,
  directoryId,
  directoryRequestId,
  DirectoryRequestStore,
  SsoError,
  Tenants,
  type DirectoryId,
  type DirectoryRequestId,
  type Happening,
} from '@gatehouse/core';
import { HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { requestPreview } from '../directories/directories.dto';
import { Answer, ApiController } from '../http/api';
import { Needs } from '../http/needs';
import { idPipe } from '../http/parse';
import { RehearseRequest } from './rehearse-request';

const DirectoryIdPipe = idPipe(directoryId);
const DirectoryRequestIdPipe = idPipe(directoryRequestId);

/** What a request of the log would do now (SCM-7). */
@ApiController('tenants/:tenant/directories/:directory/requests', 'Directories')
export class RequestPreviewController {
  constructor(
    private readonly tenants: Tenants,
    private readonly directories: Directories,
    private readonly requests: DirectoryRequestStore,
    private readonly rehearse: RehearseRequest,
  ) {}

  @Post(':id/preview')
  @HttpCode(200)
  @Needs('directories:read')
  @Answer(
    200,
    'What the request would do if it came now. Nothing was written, and nobody was told.',
    requestPreview,
  )
  async preview(
    @Param('tenant') name: string,
    @Param('directory', DirectoryIdPipe) of: DirectoryId,
    @Param('id', DirectoryRequestIdPipe) id: DirectoryRequestId,
    @Req() { id: reference }: FastifyRequest,
  ) {
    const tenant = await this.tenants.get(name);
    const { directory } = await this.directories.get(tenant.id, of);
    const request = await this.requests.find(tenant.id, of, id);
    if (!request)
      throw new SsoError('not_found', 'There is no such request here. They are kept for thirty days.');
    const { answer, happenings } = await this.rehearse.run(directory, request, reference);
    return {
      before: { status: request.status, at: request.at },
      now: { status: answer.status, body: answer.body },
      happenings: happenings.map(presentHappening),
    };
  }
}

function presentHappening({ type, subject, before, after, data }: Happening) {
  return { type, subject, before, after, data };
}
