import { DeploymentAuditLog, RotateSamlKeys, SamlKeys, type Actor } from '@gatehouse/core';
import { Body, Get, HttpCode, Post, Query } from '@nestjs/common';
import { Acting } from '../http/caller';
import { Answer, ApiController, Body31 } from '../http/api';
import { Needs } from '../http/needs';
import { pageQuery, slice, toPage } from '../http/pages';
import { parse } from '../http/parse';
import { presentKeys, rotation, samlKeyList } from './saml-keys.dto';

/** The deployment's own keys towards identity providers, and their rotation (SML-13). */
@ApiController('saml-keys', 'SAML keys')
export class SamlKeysController {
  constructor(
    private readonly keys: SamlKeys,
    private readonly rotation: RotateSamlKeys,
    private readonly audit: DeploymentAuditLog,
  ) {}

  @Get()
  @Needs('operator')
  @Answer(200, 'The keys, one in each state; private keys never leave the server.', samlKeyList)
  async list() {
    return presentKeys(await this.keys.list());
  }

  @Post('rotate')
  @Needs('operator')
  @HttpCode(200)
  @Body31(rotation)
  @Answer(200, 'The keys after the step.', samlKeyList)
  async rotate(@Body() body: unknown, @Acting() actor: Actor) {
    return presentKeys(await this.rotation.rotate(parse(rotation, body), actor));
  }

  @Get('audit')
  @Needs('operator')
  @Answer(200, 'What happened to the keys, newest first.')
  async listAudit(@Query() query: unknown) {
    const page = toPage(parse(pageQuery, query));
    return slice(await this.audit.list('saml_key', page), page.limit);
  }
}
