import { AuditLog, Tenants, type Actor, type AuditEntry, type Tenant } from '@gatehouse/core';
import { Body, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { Acting } from '../http/caller';
import { Answer, ApiController, Body31 } from '../http/api';
import { Needs } from '../http/needs';
import { pageQuery, slice, toPage, type Slice } from '../http/pages';
import { parse } from '../http/parse';
import { newTenant, tenantChange } from './tenants.dto';

@ApiController('tenants', 'Tenants')
export class TenantsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly audit: AuditLog,
  ) {}

  @Post()
  @Needs('operator')
  @Body31(newTenant)
  @Answer(201, 'The tenant.')
  create(@Body() body: unknown, @Acting() actor: Actor): Promise<Tenant> {
    return this.tenants.create(parse(newTenant, body), actor);
  }

  @Get()
  @Needs('operator')
  async list(@Query() query: unknown): Promise<Slice<Tenant>> {
    const page = toPage(parse(pageQuery, query));
    return slice(await this.tenants.list(page), page.limit);
  }

  @Get(':tenant')
  @Needs('tenant:read')
  get(@Param('tenant') tenant: string): Promise<Tenant> {
    return this.tenants.get(tenant);
  }

  @Patch(':tenant')
  @Needs('tenant:write')
  @Body31(tenantChange)
  async change(
    @Param('tenant') name: string,
    @Body() body: unknown,
    @Acting() actor: Actor,
  ): Promise<Tenant> {
    const { id } = await this.tenants.get(name);
    return this.tenants.change(id, parse(tenantChange, body), actor);
  }

  @Get(':tenant/audit')
  @Needs('audit:read')
  async listAudit(@Param('tenant') name: string, @Query() query: unknown): Promise<Slice<AuditEntry>> {
    const { id } = await this.tenants.get(name);
    const page = toPage(parse(pageQuery, query));
    return slice(await this.audit.list(id, page), page.limit);
  }
}
