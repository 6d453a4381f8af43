import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module';
import { IssuerModule } from '../issuer/issuer.module';
import { ArrivalController } from './arrival.controller';
import { DiscoverController } from './discover.controller';
import { FinishController } from './finish.controller';
import { LoginController } from './login.controller';
import { SamlController } from './saml.controller';
import { SendToIdp } from './send-to-idp';

@Module({
  imports: [IssuerModule, ConnectionsModule],
  controllers: [ArrivalController, DiscoverController, LoginController, FinishController, SamlController],
  providers: [SendToIdp],
})
export class LoginModule {}
