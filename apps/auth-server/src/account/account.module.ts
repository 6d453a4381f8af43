import { Module } from '@nestjs/common';
import { IssuerModule } from '../issuer/issuer.module';
import { AcceptInvitationController } from './accept-invitation.controller';
import { AccountConnectionsController } from './connections.controller';
import { AccountController } from './account.controller';
import { AccountVisitors } from './account-visitors';
import { LoginModule } from '../login/login.module';
import { CredentialForms } from './credential-forms';
import { DrillController } from './drill.controller';
import { AccountOrganisationsController } from './organisations.controller';
import { AccountFactorsController } from './second-factors.controller';
import { AccountSecurityController } from './security.controller';
import { AccountSessionsController } from './sessions.controller';
import { AccountSignInController } from './sign-in.controller';

/** The pages of a person's own account: who is signed in, where, and with what. */
@Module({
  imports: [IssuerModule, LoginModule],
  controllers: [
    AcceptInvitationController,
    AccountController,
    AccountConnectionsController,
    AccountFactorsController,
    AccountOrganisationsController,
    AccountSecurityController,
    AccountSessionsController,
    AccountSignInController,
    DrillController,
  ],
  providers: [AccountVisitors, CredentialForms],
  exports: [AccountVisitors],
})
export class AccountModule {}
