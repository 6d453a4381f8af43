import { Module } from '@nestjs/common';
import { MembersController } from './members.controller';
import { RemovedMembersController } from './removed-members.controller';

@Module({ controllers: [MembersController, RemovedMembersController] })
export class MembersModule {}
