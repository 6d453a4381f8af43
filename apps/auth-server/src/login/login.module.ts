import { Clock, Discovery, LimitedDiscovery, RateLimits } from '@gatehouse/core';
import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module';
import { provide } from '../http/provide';
import { IssuerModule } from '../issuer/issuer.module';
import { AnswerLocal } from './answer-local';
import { ArrivalController } from './arrival.controller';
import { ChooseTenantController } from './choose-tenant.controller';
import { DiscoverController } from './discover.controller';
import { EnrolmentController } from './enrolment.controller';
import { FinishController } from './finish.controller';
import { FollowHints } from './follow-hints';
import { LinkVisitors } from './link-visitors';
import { LocalVisitors } from './local-visitors';
import { LoginController } from './login.controller';
import { PasskeyController } from './passkey.controller';
import { PasswordController } from './password.controller';
import { ResetController } from './reset.controller';
import { SamlController } from './saml.controller';
import { SecondFactorController } from './second-factor.controller';
import { SendToIdp } from './send-to-idp';
import { SignInAttempts } from './sign-in-attempts';
import { SignInsController } from './sign-ins.controller';
import { SsoChoices } from './sso-choices';
import { SsoController } from './sso.controller';
import { TenantLoginController } from './tenant-login.controller';
import { WaitingSignIn } from './waiting-sign-in';

@Module({
  imports: [IssuerModule, ConnectionsModule],
  controllers: [
    ArrivalController,
    DiscoverController,
    LoginController,
    PasswordController,
    PasskeyController,
    SecondFactorController,
    EnrolmentController,
    ChooseTenantController,
    TenantLoginController,
    SsoController,
    ResetController,
    FinishController,
    SamlController,
    SignInsController,
  ],
  providers: [
    provide(LimitedDiscovery, Discovery, RateLimits, Clock),
    AnswerLocal,
    FollowHints,
    LinkVisitors,
    LocalVisitors,
    SendToIdp,
    SignInAttempts,
    SsoChoices,
    WaitingSignIn,
  ],
  exports: [AnswerLocal, LinkVisitors, LocalVisitors, SendToIdp, WaitingSignIn],
})
export class LoginModule {}
