import { Foresight, Tenants } from '@gatehouse/core';
import { Body, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Answer, ApiController, Body31, Query31 } from '../http/api';
import { Needs } from '../http/needs';
import { pageQuery, toPage } from '../http/pages';
import { parse } from '../http/parse';
import { comparedPolicies, explained, whomOf } from './enforcement.dto';
import { presentDifferences, presentExplanation } from './present-enforcement';

/** Why the policy decides as it does, and what another one would change (ENF-13). */
@ApiController('tenants/:tenant/enforcement', 'Enforcement')
export class ForesightController {
  constructor(
    private readonly tenants: Tenants,
    private readonly foresight: Foresight,
  ) {}

  @Post('explain')
  @HttpCode(200)
  @Needs('enforcement:read')
  @Body31(explained)
  @Answer(200, 'The decision, the rule that made it, and a sentence that says it.')
  async explain(@Param('tenant') name: string, @Body() body: unknown) {
    const tenant = await this.tenants.get(name);
    const asked = parse(explained, body);
    const { method, at, policy: draft } = asked;
    return presentExplanation(await this.foresight.explain(tenant.id, whomOf(asked), { method, at, draft }));
  }

  @Post('difference')
  @HttpCode(200)
  @Needs('enforcement:read')
  @Query31(pageQuery)
  @Body31(comparedPolicies)
  @Answer(
    200,
    'Way by way how many members gain it, lose it or are asked for a second factor, with the first of them; name one ' +
      'method and effect to page through its people.',
  )
  async compare(@Param('tenant') name: string, @Query() query: unknown, @Body() body: unknown) {
    const tenant = await this.tenants.get(name);
    const page = toPage(parse(pageQuery, query));
    const { before, after, ...only } = parse(comparedPolicies, body);
    return presentDifferences(await this.foresight.compare(tenant.id, before, after, only, page), page.limit);
  }
}
