import { domainId, Domains, Tenants, type Actor, type DomainId } from '@gatehouse/core';
import { Body, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Acting } from '../http/caller';
import { Answer, ApiController, Body31 } from '../http/api';
import { Needs } from '../http/needs';
import { idPipe, parse } from '../http/parse';
import { newDomain, presentDomain } from './domains.dto';

const DomainIdPipe = idPipe(domainId);

@ApiController('tenants/:tenant/domains', 'Domains')
export class DomainsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly domains: Domains,
  ) {}

  @Post()
  @Needs('domains:write')
  @Body31(newDomain)
  @Answer(201, 'The claim, with the TXT record that proves it.')
  async add(@Param('tenant') name: string, @Body() body: unknown, @Acting() actor: Actor) {
    const tenant = await this.tenants.get(name);
    return presentDomain(await this.domains.add(tenant.id, parse(newDomain, body).name, actor));
  }

  @Get()
  @Needs('domains:read')
  async list(@Param('tenant') name: string) {
    const tenant = await this.tenants.get(name);
    return { items: (await this.domains.list(tenant.id)).map(presentDomain) };
  }

  @Get(':id')
  @Needs('domains:read')
  async get(@Param('tenant') name: string, @Param('id', DomainIdPipe) id: DomainId) {
    const tenant = await this.tenants.get(name);
    return presentDomain(await this.domains.get(tenant.id, id));
  }

  @Post(':id/verify')
  @Needs('domains:write')
  @HttpCode(200)
  @Answer(200, 'The verified domain.')
  async verify(
    @Param('tenant') name: string,
    @Param('id', DomainIdPipe) id: DomainId,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    return presentDomain(await this.domains.verify(tenant.id, id, actor));
  }

  @Post(':id/token')
  @Needs('domains:write')
  @HttpCode(200)
  @Answer(200, 'The claim with a new value to publish.')
  async renew(@Param('tenant') name: string, @Param('id', DomainIdPipe) id: DomainId) {
    const tenant = await this.tenants.get(name);
    return presentDomain(await this.domains.renewToken(tenant.id, id));
  }

  @Delete(':id')
  @Needs('domains:write')
  @HttpCode(204)
  async remove(
    @Param('tenant') name: string,
    @Param('id', DomainIdPipe) id: DomainId,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    await this.domains.remove(tenant.id, id, actor);
  }
}
