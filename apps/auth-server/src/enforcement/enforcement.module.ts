import { Module } from '@nestjs/common';
import { BreakGlassController } from './break-glass.controller';
import { DryRunController } from './dry-run.controller';
import { EnforcementController } from './enforcement.controller';
import { ForesightController } from './foresight.controller';
import { MemberSettingsController } from './member-settings.controller';

@Module({
  controllers: [
    EnforcementController,
    ForesightController,
    DryRunController,
    BreakGlassController,
    MemberSettingsController,
  ],
})
export class EnforcementModule {}
