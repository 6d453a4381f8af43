import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module';
import { IssuerModule } from '../issuer/issuer.module';
import { ArrivalController } from './arrival.controller';
import { DiscoverController } from './discover.controller';
import { FinishController } from './finish.controller';
import { LoginController } from './login.controller';
import { SamlController } from './saml.controller';
import { SendToIdp } from './send-to-idp';
import { SignInAttempts } from './sign-in-attempts';
import { SignInsController } from './sign-ins.controller';

@Module({
  imports: [IssuerModule, ConnectionsModule],
  controllers: [
    ArrivalController,
    DiscoverController,
    LoginController,
    FinishController,
    SamlController,
    SignInsController,
  ],
  providers: [SendToIdp, SignInAttempts],
})
export class LoginModule {}
