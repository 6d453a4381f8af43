import { Tenants, type Tenant, type TenantId } from '@gatehouse/core';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HintedLogins } from '../issuer/hinted-login';
import { Interactions, type Interaction } from '../issuer/interactions';
import { cookiesBlocked } from './cookies-blocked';

/** The issuer names the sign-in in the address, which says nothing without its cookie. */
export const waitingQuery = z.object({ interaction: z.string().max(64).optional().catch(undefined) });

/** The sign-in that waits in this browser for a person. */
@Injectable()
export class WaitingSignIn {
  constructor(
    private readonly interactions: Interactions,
    private readonly hinted: HintedLogins,
    private readonly tenants: Tenants,
  ) {}

  find(request: FastifyRequest, reply: FastifyReply): Promise<Interaction | undefined> {
    return this.interactions.details(request.raw, reply.raw);
  }

  /** The organisation that the application named; an e-mail says who, not where. */
  async tenantOf({ hints: { email: _, ...named } }: Interaction): Promise<TenantId | undefined> {
    const found = await this.hinted.find(named);
    return found.kind === 'tenant' ? found.tenantId : undefined;
  }

  /** Only one that could end in a session of this tenant: what another tenant is wanted for would be asked again. */
  async findFor(
    { id }: Tenant,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Interaction | undefined> {
    const interaction = await this.find(request, reply);
    if (!interaction) return undefined;
    const named = await this.tenantOf(interaction);
    return named === undefined || named === id ? interaction : undefined;
  }

  async tenantNamed(interaction: Interaction): Promise<Tenant | undefined> {
    const id = await this.tenantOf(interaction);
    return id === undefined ? undefined : this.tenants.get(id);
  }

  /** The address names a sign-in that waits, and no cookie of it came: the browser keeps none (LOG-10). */
  async refuseLost(uid: string | undefined): Promise<void> {
    if (uid !== undefined && (await this.interactions.isWaiting(uid))) throw cookiesBlocked();
  }
}
