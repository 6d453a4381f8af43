import { KeyRing } from '@gatehouse/core';
import { Module } from '@nestjs/common';
import { provide } from '../http/provide';
import { CertificatesController } from './certificates.controller';
import { ConnectionRemovalController } from './connection-removal.controller';
import { ConnectionSwitchesController } from './connection-switches.controller';
import { ConnectionTestsController } from './connection-tests.controller';
import { ConnectionVersionsController } from './connection-versions.controller';
import { ConnectionsController } from './connections.controller';
import { ImportIdp } from './import-idp';
import { PresentConnection } from './present-connection';
import { TestLinks } from './test-link';

@Module({
  controllers: [
    ConnectionsController,
    ConnectionSwitchesController,
    ConnectionTestsController,
    ConnectionVersionsController,
    ConnectionRemovalController,
    CertificatesController,
  ],
  providers: [ImportIdp, PresentConnection, provide(TestLinks, KeyRing)],
  exports: [TestLinks],
})
export class ConnectionsModule {}
