import { DeploymentAuditLog, MailStore, type MailQueueState } from '@gatehouse/core';
import { Get, Query } from '@nestjs/common';
import { Answer, ApiController } from '../http/api';
import { Needs } from '../http/needs';
import { pageQuery, slice, toPage } from '../http/pages';
import { parse } from '../http/parse';

/** Whether the deployment's mails arrive; what stands in them and whom they are for, nobody is told (WRK-1). */
@ApiController('mails', 'Mails')
export class MailsController {
  constructor(
    private readonly mails: MailStore,
    private readonly audit: DeploymentAuditLog,
  ) {}

  @Get()
  @Needs('operator')
  @Answer(200, 'How many mails wait, since when, and what the mail server said last.')
  state(): Promise<MailQueueState> {
    return this.mails.state();
  }

  @Get('audit')
  @Needs('operator')
  @Answer(200, 'Mails that were given up, newest first.')
  async listAudit(@Query() query: unknown) {
    const page = toPage(parse(pageQuery, query));
    return slice(await this.audit.list('mail', page), page.limit);
  }
}
