import { BreakGlassStore, breakGlassRoles, Tenants } from '@gatehouse/core';
import { Get, Inject, Param, Query } from '@nestjs/common';
import type { Config } from '../config';
import { Answer, ApiController, Query31 } from '../http/api';
import { CONFIG } from '../http/config.token';
import { Needs } from '../http/needs';
import { pageQuery, toPage } from '../http/pages';
import { parse } from '../http/parse';
import { presentWayIn, sliceOf } from './present-enforcement';

/** Who keeps a way in for emergencies, and whether it was shown to work (ENF-12). */
@ApiController('tenants/:tenant/enforcement/break-glass', 'Enforcement')
export class BreakGlassController {
  constructor(
    private readonly tenants: Tenants,
    private readonly store: BreakGlassStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Needs('enforcement:read')
  @Query31(pageQuery)
  @Answer(200, 'The people, by member ID; each tests the emergency access at `drillUrl`, in a browser.')
  async list(@Param('tenant') name: string, @Query() query: unknown) {
    const tenant = await this.tenants.get(name);
    const page = toPage(parse(pageQuery, query));
    const people = await this.store.people(tenant.id, breakGlassRoles(tenant.policy), page);
    const drillUrl = `${this.config.publicUrl}/account/drill`;
    return { ...sliceOf(people.map(presentWayIn), page.limit), drillUrl };
  }
}
