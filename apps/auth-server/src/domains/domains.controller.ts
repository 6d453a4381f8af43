import {
  Clock,
  domainId,
  DomainProofs,
  Domains,
  RateLimits,
  takeOutboundLook,
  Tenants,
  type Actor,
  type Domain,
  type DomainId,
} from '@gatehouse/core';
import { Body, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { Acting } from '../http/caller';
import { Answer, ApiController, Body31 } from '../http/api';
import { Needs } from '../http/needs';
import { idPipe, parse } from '../http/parse';
import { confirmation, newDomain, presentDomain, verification } from './domains.dto';

const DomainIdPipe = idPipe(domainId);

@ApiController('tenants/:tenant/domains', 'Domains')
export class DomainsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly domains: Domains,
    private readonly proofs: DomainProofs,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Needs('domains:write')
  @Body31(newDomain)
  @Answer(201, 'The claim, with the DNS record and the tag, either of which proves it.')
  async add(@Param('tenant') name: string, @Body() body: unknown, @Acting() actor: Actor) {
    const tenant = await this.tenants.get(name);
    return this.present(await this.domains.add(tenant.id, parse(newDomain, body).name, actor));
  }

  @Get()
  @Needs('domains:read')
  async list(@Param('tenant') name: string) {
    const tenant = await this.tenants.get(name);
    return { items: (await this.domains.list(tenant.id)).map((domain) => this.present(domain)) };
  }

  @Get(':id')
  @Needs('domains:read')
  async get(@Param('tenant') name: string, @Param('id', DomainIdPipe) id: DomainId) {
    const tenant = await this.tenants.get(name);
    return this.present(await this.domains.get(tenant.id, id));
  }

  @Get(':id/effects')
  @Needs('domains:read')
  @Answer(200, 'Whom its removal, or its lapse, would touch, and what would stop.')
  async effects(@Param('tenant') name: string, @Param('id', DomainIdPipe) id: DomainId) {
    const tenant = await this.tenants.get(name);
    return this.domains.effects(tenant.id, id);
  }

  @Post(':id/verify')
  @Needs('domains:write')
  @Body31(verification)
  @HttpCode(200)
  @Answer(200, 'The verified domain.')
  async verify(
    @Param('tenant') name: string,
    @Param('id', DomainIdPipe) id: DomainId,
    @Body() body: unknown,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const { by } = parse(verification, body);
    await takeOutboundLook(this.limits, tenant.id, this.clock.now());
    return this.present(await this.domains.verify(tenant.id, id, actor, by));
  }

  @Post(':id/token')
  @Needs('domains:write')
  @HttpCode(200)
  @Answer(200, 'The claim with a new value to publish; what proves it now goes on to do so.')
  async renew(
    @Param('tenant') name: string,
    @Param('id', DomainIdPipe) id: DomainId,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    return this.present(await this.domains.renewToken(tenant.id, id, actor));
  }

  @Delete(':id')
  @Needs('domains:write')
  @ApiQuery({
    name: 'confirm',
    required: false,
    schema: { type: 'integer' },
    description: 'The number of members with an address in a verified domain, as its effects say.',
  })
  @HttpCode(204)
  async remove(
    @Param('tenant') name: string,
    @Param('id', DomainIdPipe) id: DomainId,
    @Query() query: unknown,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    await this.domains.remove(tenant.id, id, parse(confirmation, query).confirm, actor);
  }

  private present(domain: Domain) {
    return presentDomain(domain, this.proofs);
  }
}
