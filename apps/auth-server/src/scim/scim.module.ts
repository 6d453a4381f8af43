import { DirectoryRequestStore } from '@gatehouse/core';
import { Module } from '@nestjs/common';
import { DirectoriesModule } from '../directories/directories.module';
import { provide } from '../http/provide';
import { RehearseRequest } from './rehearse-request';
import { RequestPreviewController } from './request-preview.controller';
import { RequestJournal } from './request-journal';
import { ScimEndpoint } from './scim-endpoint';
import { ScimServers } from './scim-servers';

/** SCIM 2.0 for the clients of directories; `mountScim` puts it on the web. */
@Module({
  imports: [DirectoriesModule],
  controllers: [RequestPreviewController],
  providers: [provide(RequestJournal, DirectoryRequestStore), ScimServers, ScimEndpoint, RehearseRequest],
  exports: [ScimServers],
})
export class ScimModule {}
