import { Module } from '@nestjs/common';
import { IssuerModule } from '../issuer/issuer.module';
import { SessionCheckController } from './session-check.controller';
import { SessionsController } from './sessions.controller';

@Module({ imports: [IssuerModule], controllers: [SessionsController, SessionCheckController] })
export class SessionsModule {}
