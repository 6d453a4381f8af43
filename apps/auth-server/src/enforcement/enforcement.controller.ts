import { Enforcement, Foresight, Tenants, type Actor } from '@gatehouse/core';
import { Body, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { Answer, ApiController, Body31, Query31 } from '../http/api';
import { Acting, Calling, sessionOf, type Caller } from '../http/caller';
import { Needs } from '../http/needs';
import { toPage } from '../http/pages';
import { parse } from '../http/parse';
import { policyChange, previewedPolicy, previewQuery, requiredPolicy } from './enforcement.dto';
import { presentPolicy, presentPreview, presentStanding } from './present-enforcement';

/** Whether and how the people of a tenant must use single sign-on (ENF-1 to ENF-4). */
@ApiController('tenants/:tenant/enforcement', 'Enforcement')
export class EnforcementController {
  constructor(
    private readonly tenants: Tenants,
    private readonly enforcement: Enforcement,
    private readonly foresight: Foresight,
  ) {}

  @Get()
  @Needs('enforcement:read')
  @Answer(200, 'The policy, and what must be true before single sign-on can be required by this caller.')
  async get(@Param('tenant') name: string, @Calling() caller: Caller) {
    const tenant = await this.tenants.get(name);
    return presentStanding(await this.enforcement.standing(tenant.id, sessionOf(caller)?.session.id));
  }

  @Patch()
  @Needs('enforcement:write')
  @Body31(policyChange)
  @Answer(
    200,
    'The policy, and how many running sessions it ended. Steps are taken one at a time, and back in the opposite order: ' +
      'a connection, `optional`, people or `required`.',
  )
  async change(@Param('tenant') name: string, @Body() body: unknown, @Acting() actor: Actor) {
    const tenant = await this.tenants.get(name);
    const { policy, sessionsEnded } = await this.enforcement.change(
      tenant.id,
      parse(policyChange, body),
      actor,
    );
    return { policy: presentPolicy(policy), sessionsEnded };
  }

  @Post('preview')
  @HttpCode(200)
  @Needs('enforcement:read')
  @Query31(previewQuery)
  @Body31(previewedPolicy)
  @Answer(
    200,
    'What would become of each member under this policy, `required` unless said otherwise. Look at all of it, then ' +
      'require single sign-on with its `fingerprint`. `losesAccess` counts who could not come in at all.',
  )
  async preview(@Param('tenant') name: string, @Query() query: unknown, @Body() body: unknown) {
    const tenant = await this.tenants.get(name);
    const { outcome, ...slice } = parse(previewQuery, query);
    const draft = parse(previewedPolicy, body);
    return presentPreview(
      await this.foresight.preview(tenant.id, draft, outcome, toPage(slice)),
      slice.limit,
    );
  }

  /** By somebody who is signed in to this tenant by SSO right now: neither the operator's key nor an API token is (ENF-2). */
  @Post('require')
  @HttpCode(200)
  @Needs('enforcement:write')
  @Body31(requiredPolicy)
  @Answer(
    200,
    'Single sign-on is required. Refused with `required_not_ready`, which names everything that is missing, or with ' +
      '`preview_stale` where the list changed.',
  )
  async require(@Param('tenant') name: string, @Body() body: unknown, @Calling() caller: Caller) {
    const tenant = await this.tenants.get(name);
    const { fingerprint, ...settings } = parse(requiredPolicy, body);
    const session = sessionOf(caller)?.session.id;
    const changed = await this.enforcement.require(tenant.id, settings, fingerprint, session, caller.actor);
    return { policy: presentPolicy(changed.policy), sessionsEnded: changed.sessionsEnded };
  }
}
