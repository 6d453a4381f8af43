import { Module } from '@nestjs/common';
import { LinkingBoardController } from './linking-board.controller';
import { MemberLinksController } from './member-links.controller';

@Module({ controllers: [LinkingBoardController, MemberLinksController] })
export class LinkingBoardModule {}
