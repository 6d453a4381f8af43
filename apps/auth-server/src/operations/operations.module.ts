import { Module } from '@nestjs/common';
import { TasksModule } from '../tasks/tasks.module';
import { OperatorSessions } from './operator-sessions';
import { OperatorSignInController } from './operator-sign-in.controller';
import { QueuePageController } from './queue-page.controller';

/** Pages for those who run the deployment; off unless they are switched on. */
@Module({
  imports: [TasksModule],
  controllers: [OperatorSignInController, QueuePageController],
  providers: [OperatorSessions],
})
export class OperationsModule {}
