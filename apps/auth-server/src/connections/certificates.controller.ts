import {
  Certificates,
  Clock,
  connectionId,
  RateLimits,
  RefreshMetadata,
  takeOutboundLook,
  Tenants,
  type Actor,
  type ConnectionId,
  type IdpCertificate,
} from '@gatehouse/core';
import { readCertificates } from '@gatehouse/saml';
import { Body, Delete, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { Acting } from '../http/caller';
import { Answer, ApiController, Body31 } from '../http/api';
import { Needs } from '../http/needs';
import { idPipe, parse } from '../http/parse';
import { fingerprintParam, newCertificate, removal } from './certificates.dto';
import { withOtherWays } from './import-idp';
import { PresentConnection } from './present-connection';

const ConnectionIdPipe = idPipe(connectionId);

/** Certificates beside one another while an identity provider changes over, and the metadata they come from (CRT-3, CRT-4). */
@ApiController('tenants/:tenant/connections/:id', 'Connections')
export class CertificatesController {
  constructor(
    private readonly tenants: Tenants,
    private readonly certificates: Certificates,
    private readonly metadata: RefreshMetadata,
    private readonly present: PresentConnection,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  @Post('certificates')
  @Needs('connections:write')
  @Body31(newCertificate)
  @Answer(201, 'The connection, which trusts this certificate too from now on.')
  async add(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Body() body: unknown,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const given = readCertificates(parse(newCertificate, body).certificate);
    return this.present.one(await this.certificates.add(tenant.id, id, given, actor));
  }

  @Delete('certificates/:fingerprint')
  @Needs('connections:write')
  @ApiQuery({
    name: 'confirm',
    enum: ['true', 'false'],
    required: false,
    description: 'Removes it although no other certificate has signed anybody in since.',
  })
  @Answer(200, 'The connection, which trusts this certificate no longer; metadata does not bring it back.')
  async remove(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Param() params: unknown,
    @Query() query: unknown,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const { fingerprint } = parse(fingerprintParam, params);
    const confirmed = parse(removal, query).confirm === 'true';
    return this.present.one(await this.certificates.remove(tenant.id, id, fingerprint, confirmed, actor));
  }

  @Post('metadata/refresh')
  @Needs('connections:write')
  @HttpCode(200)
  @Answer(
    200,
    'The connection. `refresh` names the certificates that were added, and those in the metadata that stay out because the connection no longer trusts them. A refusal says why nothing was taken over.',
  )
  async refresh(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    await takeOutboundLook(this.limits, tenant.id, this.clock.now());
    const { connection, added, leftOut, refusal } = await this.metadata.refresh(tenant.id, id, actor);
    if (refusal) throw withOtherWays(refusal);
    const refresh = { added: fingerprints(added), leftOut: fingerprints(leftOut) };
    return { ...(await this.present.one(connection)), refresh };
  }
}

function fingerprints(certificates: readonly IdpCertificate[]): string[] {
  return certificates.map(({ fingerprint }) => fingerprint);
}
