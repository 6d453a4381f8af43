import {
  DeploymentAuditLog,
  LostFactors,
  userId,
  type Actor,
  type DeploymentTopic,
  type UserId,
} from '@gatehouse/core';
import { Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { Answer, ApiController } from '../http/api';
import { Acting } from '../http/caller';
import { Needs } from '../http/needs';
import { pageQuery, slice, toPage } from '../http/pages';
import { idPipe, parse } from '../http/parse';

const UserIdPipe = idPipe(userId);

/** What happened to people's passwords and second factors, and who tried them in vain (SEC-1); never what was typed. */
@ApiController('credentials', 'Passwords and second factors')
export class CredentialsController {
  constructor(
    private readonly audit: DeploymentAuditLog,
    private readonly lost: LostFactors,
  ) {}

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

  @Delete(':user/second-factors')
  @Needs('operator')
  @HttpCode(204)
  @Answer(
    204,
    'App, passkeys and recovery codes of this person are gone, and so are all sessions; the person is told by mail. Make ' +
      'sure who asks for it: from then on the password alone opens the account, wherever no second factor is required.',
  )
  async removeFactors(@Param('user', UserIdPipe) id: UserId, @Acting() actor: Actor) {
    await this.lost.remove(id, actor);
  }

  private async list(topic: DeploymentTopic, query: unknown) {
    const page = toPage(parse(pageQuery, query));
    return slice(await this.audit.list(topic, page), page.limit);
  }
}
