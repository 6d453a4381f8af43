import { Module } from '@nestjs/common';
import { AnswerLogout } from './answer-logout';
import { SloController } from './slo.controller';

@Module({ controllers: [SloController], providers: [AnswerLogout] })
export class LogoutModule {}
