import { KeyRing } from '@gatehouse/core';
import { Module } from '@nestjs/common';
import { provide } from '../http/provide';
import { ConnectionsController } from './connections.controller';
import { ImportIdp } from './import-idp';
import { TestLinks } from './test-link';

@Module({
  controllers: [ConnectionsController],
  providers: [ImportIdp, provide(TestLinks, KeyRing)],
  exports: [TestLinks],
})
export class ConnectionsModule {}
