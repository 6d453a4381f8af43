import {
  Foresight,
  memberId,
  MemberSettings,
  Tenants,
  type Authority,
  type MemberId,
  type TenantId,
} from '@gatehouse/core';
import { Body, Delete, HttpCode, Param, Post, Put } from '@nestjs/common';
import { Answer, ApiController, Body31 } from '../http/api';
import { OnWord } from '../http/caller';
import { Needs } from '../http/needs';
import { idPipe, parse } from '../http/parse';
import { exemption, ownSetting, ownSettings } from './enforcement.dto';
import { presentExplanation } from './present-enforcement';

const MemberIdPipe = idPipe(memberId);

/** How single members sign in, against the policy of their tenant (ENF-5, ENF-6). */
@ApiController('tenants/:tenant/members', 'Enforcement')
export class MemberSettingsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly settings: MemberSettings,
    private readonly foresight: Foresight,
  ) {}

  @Put(':id/sign-in')
  @Needs('enforcement:write')
  @Body31(ownSetting)
  @Answer(200, 'The setting, and what it means for the member now. `sso` is refused for an owner.')
  async set(
    @Param('tenant') name: string,
    @Param('id', MemberIdPipe) id: MemberId,
    @Body() body: unknown,
    @OnWord() by: Authority,
  ) {
    const tenant = await this.tenants.get(name);
    const { sso } = parse(ownSetting, body);
    const { sessionsEnded } = await this.settings.setSso(tenant.id, id, sso, by);
    return { ...(await this.show(tenant.id, id)), sessionsEnded };
  }

  @Post('sign-in')
  @HttpCode(200)
  @Needs('enforcement:write')
  @Body31(ownSettings)
  @Answer(
    200,
    'Of how many members the setting changed. Owners are left out of `sso` and named; `unlinked` counts those who cannot ' +
      'come in by it yet.',
  )
  async setMany(@Param('tenant') name: string, @Body() body: unknown, @OnWord() by: Authority) {
    const tenant = await this.tenants.get(name);
    const { members, sso } = parse(ownSettings, body);
    return this.settings.setSsoOf(tenant.id, members, sso, by);
  }

  @Put(':id/exemption')
  @Needs('enforcement:write')
  @Body31(exemption)
  @Answer(200, 'The exemption, and what it means for the member now: who is set to `sso` has nothing of it.')
  async exempt(
    @Param('tenant') name: string,
    @Param('id', MemberIdPipe) id: MemberId,
    @Body() body: unknown,
    @OnWord() by: Authority,
  ) {
    const tenant = await this.tenants.get(name);
    const { reason, until } = parse(exemption, body);
    await this.settings.exempt(tenant.id, id, { reason, ...(until && { until }) }, by);
    return this.show(tenant.id, id);
  }

  @Delete(':id/exemption')
  @Needs('enforcement:write')
  @Answer(200, 'The member, who is exempt no longer.')
  async endExemption(
    @Param('tenant') name: string,
    @Param('id', MemberIdPipe) id: MemberId,
    @OnWord() by: Authority,
  ) {
    const tenant = await this.tenants.get(name);
    await this.settings.endExemption(tenant.id, id, by);
    return this.show(tenant.id, id);
  }

  private async show(tenantId: TenantId, id: MemberId) {
    return presentExplanation(await this.foresight.explain(tenantId, { id }, { method: 'password' }));
  }
}
