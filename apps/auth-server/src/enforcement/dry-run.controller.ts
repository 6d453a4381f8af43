import { Enforcement, Foresight, Tenants, type Actor } from '@gatehouse/core';
import { Body, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Answer, ApiController, Body31, Query31 } from '../http/api';
import { Acting } from '../http/caller';
import { Needs } from '../http/needs';
import { pageQuery, toPage } from '../http/pages';
import { parse } from '../http/parse';
import { dryRunStart } from './enforcement.dto';
import { presentDryRun } from './present-enforcement';

/** Some days in which everybody is let in whom `required` would refuse, and counted (ENF-10). */
@ApiController('tenants/:tenant/enforcement/dry-run', 'Enforcement')
export class DryRunController {
  constructor(
    private readonly tenants: Tenants,
    private readonly enforcement: Enforcement,
    private readonly foresight: Foresight,
  ) {}

  @Get()
  @Needs('enforcement:read')
  @Query31(pageQuery)
  @Answer(200, 'What the run that is under way has counted, or the last one: sign-ins, and whose.')
  async report(@Param('tenant') name: string, @Query() query: unknown) {
    const tenant = await this.tenants.get(name);
    const page = toPage(parse(pageQuery, query));
    return presentDryRun(await this.foresight.dryRun(tenant.id, page), page.limit);
  }

  @Post()
  @HttpCode(200)
  @Needs('enforcement:write')
  @Body31(dryRunStart)
  @Answer(200, 'The days that it runs. One that is under way begins anew.')
  async start(@Param('tenant') name: string, @Body() body: unknown, @Acting() actor: Actor) {
    const tenant = await this.tenants.get(name);
    const { days } = parse(dryRunStart, body);
    const { dryRun } = await this.enforcement.startDryRun(tenant.id, days, actor);
    return { ...dryRun };
  }

  @Delete()
  @Needs('enforcement:write')
  @Answer(200, 'It has ended; what it counted stays.')
  async stop(@Param('tenant') name: string, @Acting() actor: Actor) {
    const tenant = await this.tenants.get(name);
    const { dryRun } = await this.enforcement.stopDryRun(tenant.id, actor);
    return { ...dryRun };
  }
}
