import { Module } from '@nestjs/common';
import { AccountModule } from './account/account.module';
import { ApiTokensModule } from './api-tokens/api-tokens.module';
import { ApplicationsModule } from './applications/applications.module';
import { CallersModule } from './callers/callers.module';
import { ConnectionsModule } from './connections/connections.module';
import { CoreModule } from './core.module';
import { DirectoriesModule } from './directories/directories.module';
import { DomainsModule } from './domains/domains.module';
import { EnforcementModule } from './enforcement/enforcement.module';
import { HealthController } from './http/health.controller';
import { HostsModule } from './hosts/hosts.module';
import { InvitationsModule } from './invitations/invitations.module';
import { LinkingBoardModule } from './linking/linking-board.module';
import { LinkingModule } from './linking/linking.module';
import { LoginModule } from './login/login.module';
import { LogoutModule } from './logout/logout.module';
import { CredentialsModule } from './credentials/credentials.module';
import { MailsModule } from './mails/mails.module';
import { MembersModule } from './members/members.module';
import { MovesModule } from './moves/moves.module';
import { OperationsModule } from './operations/operations.module';
import { ScimModule } from './scim/scim.module';
import { SamlKeysModule } from './saml-keys/saml-keys.module';
import { SessionsModule } from './sessions/sessions.module';
import { TasksModule } from './tasks/tasks.module';
import { TenantsModule } from './tenants/tenants.module';

@Module({
  imports: [
    CoreModule,
    HostsModule,
    CallersModule,
    TenantsModule,
    CredentialsModule,
    MailsModule,
    TasksModule,
    MembersModule,
    InvitationsModule,
    ApiTokensModule,
    DomainsModule,
    ConnectionsModule,
    DirectoriesModule,
    ScimModule,
    EnforcementModule,
    MovesModule,
    ApplicationsModule,
    SamlKeysModule,
    SessionsModule,
    LoginModule,
    LogoutModule,
    AccountModule,
    OperationsModule,
    LinkingModule,
    LinkingBoardModule,
  ],
  controllers: [HealthController],
})
export class AppModule {}
