import { TenantStore, type Connection, type Tenant } from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { couldBeTenantHost, requestHost } from './request-host';

/** Which tenant's own host a request came to (TEN-8); at any other host the deployment answers. */
@Injectable()
export class TenantHosts {
  private readonly ownHost: string;
  private readonly known = new WeakMap<FastifyRequest, Promise<Tenant | undefined>>();

  constructor(
    private readonly tenants: TenantStore,
    @Inject(CONFIG) { publicUrl }: Config,
  ) {
    this.ownHost = new URL(publicUrl).hostname;
  }

  /** Nothing at the deployment's host, and at hosts that nobody has. */
  find(request: FastifyRequest): Promise<Tenant | undefined> {
    const found = this.known.get(request) ?? this.lookUp(requestHost(request));
    this.known.set(request, found);
    return found;
  }

  /** Whether a connection has its addresses at the host that was asked: nobody else's connections answer at a tenant's. */
  async serves(request: FastifyRequest, { host }: Pick<Connection, 'host'>): Promise<boolean> {
    return host === undefined ? (await this.find(request)) === undefined : host === requestHost(request);
  }

  private async lookUp(host: string): Promise<Tenant | undefined> {
    const isOurs = host === this.ownHost || !couldBeTenantHost(host);
    return isOurs ? undefined : this.tenants.findByHost(host);
  }
}
