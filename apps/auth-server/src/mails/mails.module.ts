import { Module } from '@nestjs/common';
import { TasksModule } from '../tasks/tasks.module';
import { MailsController } from './mails.controller';

@Module({ imports: [TasksModule], controllers: [MailsController] })
export class MailsModule {}
