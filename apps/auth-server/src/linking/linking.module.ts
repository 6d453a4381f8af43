import { Module } from '@nestjs/common';
import { AccountModule } from '../account/account.module';
import { IssuerModule } from '../issuer/issuer.module';
import { LoginModule } from '../login/login.module';
import { AskLinkController } from './ask-link.controller';
import { MailedLinkController } from './mailed-link.controller';
import { PendingLinkController } from './pending-link.controller';

/** The pages on which people connect their accounts to the identity at an identity provider. */
@Module({
  imports: [IssuerModule, LoginModule, AccountModule],
  controllers: [AskLinkController, PendingLinkController, MailedLinkController],
})
export class LinkingModule {}
