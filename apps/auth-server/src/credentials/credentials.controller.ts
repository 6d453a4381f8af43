import { DeploymentAuditLog, type DeploymentTopic } from '@gatehouse/core';
import { Get, Query } from '@nestjs/common';
import { Answer, ApiController } from '../http/api';
import { Needs } from '../http/needs';
import { pageQuery, slice, toPage } from '../http/pages';
import { parse } from '../http/parse';

/** What happened to people's passwords and second factors, and who tried them in vain (SEC-1); never what was typed. */
@ApiController('credentials', 'Passwords and second factors')
export class CredentialsController {
  constructor(private readonly audit: DeploymentAuditLog) {}

  @Get('audit')
  @Needs('operator')
  @Answer(200, 'Passwords and second factors that were set, changed, used up or removed, newest first.')
  listAudit(@Query() query: unknown) {
    return this.list('credential', query);
  }

  @Get('attempts')
  @Needs('operator')
  @Answer(200, 'Sign-ins that failed, and addresses that try without end, newest first.')
  listAttempts(@Query() query: unknown) {
    return this.list('sign_in', query);
  }

  private async list(topic: DeploymentTopic, query: unknown) {
    const page = toPage(parse(pageQuery, query));
    return slice(await this.audit.list(topic, page), page.limit);
  }
}
