import {
  AuditLog,
  parseTenantHost,
  RefusedSessions,
  Tenants,
  type Actor,
  type AuditEntry,
  type TenantChange,
} from '@gatehouse/core';
import { Body, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { operatorRequired } from '../callers/refuse-call';
import type { Config } from '../config';
import { Acting, Calling, type Caller } from '../http/caller';
import { CONFIG } from '../http/config.token';
import { Answer, ApiController, Body31 } from '../http/api';
import { Needs } from '../http/needs';
import { pageQuery, slice, toPage, type Slice } from '../http/pages';
import { parse } from '../http/parse';
import { presentTenant } from './present-tenant';
import { newTenant, tenantChange } from './tenants.dto';

@ApiController('tenants', 'Tenants')
export class TenantsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly audit: AuditLog,
    private readonly refused: RefusedSessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @Needs('operator')
  @Body31(newTenant)
  @Answer(201, 'The tenant.')
  async create(@Body() body: unknown, @Acting() actor: Actor) {
    const { ssoWhenEnabled = this.config.ssoWhenEnabled, ...wanted } = parse(newTenant, body);
    const tenant = await this.tenants.create({ ...wanted, ssoWhenEnabled }, actor);
    return presentTenant(tenant, this.config);
  }

  @Get()
  @Needs('operator')
  async list(@Query() query: unknown): Promise<Slice<ReturnType<typeof presentTenant>>> {
    const page = toPage(parse(pageQuery, query));
    const tenants = await this.tenants.list(page);
    return slice(
      tenants.map((tenant) => presentTenant(tenant, this.config)),
      page.limit,
    );
  }

  @Get(':tenant')
  @Needs('tenant:read')
  async get(@Param('tenant') name: string) {
    return presentTenant(await this.tenants.get(name), this.config);
  }

  @Patch(':tenant')
  @Needs('tenant:write')
  @Body31(tenantChange)
  async change(@Param('tenant') name: string, @Body() body: unknown, @Calling() caller: Caller) {
    const { id } = await this.tenants.get(name);
    const change = this.readChange(body, caller);
    const tenant = await this.tenants.change(id, change, caller.actor);
    // Applications are told at once who no longer comes in so; each use of a session asks by itself.
    if (change.ssoEntitled !== undefined) await this.refused.endIn(id, caller.actor);
    return presentTenant(tenant, this.config);
  }

  @Get(':tenant/audit')
  @Needs('audit:read')
  async listAudit(@Param('tenant') name: string, @Query() query: unknown): Promise<Slice<AuditEntry>> {
    const { id } = await this.tenants.get(name);
    const page = toPage(parse(pageQuery, query));
    return slice(await this.audit.list(id, page), page.limit);
  }

  /** An organisation does not grant itself what the operator grants. Throws `operator_required`. */
  private readChange(body: unknown, caller: Caller): TenantChange {
    const change = parse(tenantChange, body);
    const { host, ssoEntitled } = change;
    if ((host !== undefined || ssoEntitled !== undefined) && caller.kind !== 'operator')
      throw operatorRequired();
    return typeof host === 'string'
      ? { ...change, host: parseTenantHost(host, this.config.publicUrl) }
      : change;
  }
}
