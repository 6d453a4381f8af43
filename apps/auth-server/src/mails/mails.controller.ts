import { Clock, DeadLetters, DeploymentAuditLog, type TaskState } from '@gatehouse/core';
import { Get, Query } from '@nestjs/common';
import { Answer, ApiController } from '../http/api';
import { Needs } from '../http/needs';
import { pageQuery, slice, toPage } from '../http/pages';
import { parse } from '../http/parse';

/** How it stands with the mails that wait. */
interface MailQueueState {
  readonly waiting: number;
  /** Of these, how many were tried without success. */
  readonly failing: number;
  readonly oldestAt?: Date;
  /** What the mail server said of the one that failed last. */
  readonly lastError?: string;
}

/** Whether the deployment's mails arrive; what stands in them and whom they are for, nobody is told (WRK-1). */
@ApiController('mails', 'Mails')
export class MailsController {
  constructor(
    private readonly letters: DeadLetters,
    private readonly audit: DeploymentAuditLog,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('operator')
  @Answer(200, 'How many mails wait, since when, and what the mail server said last.')
  async state(): Promise<MailQueueState> {
    const states = await this.letters.statesAnywhere(this.clock.now());
    return inShort(states.find(({ kind }) => kind === 'send-mail'));
  }

  @Get('audit')
  @Needs('operator')
  @Answer(200, 'Mails that were given up, newest first.')
  async listAudit(@Query() query: unknown) {
    const page = toPage(parse(pageQuery, query));
    return slice(await this.audit.list('mail', page), page.limit);
  }
}

function inShort(state: TaskState | undefined): MailQueueState {
  if (!state) return { waiting: 0, failing: 0 };
  const { waiting, underWay, retrying: failing, oldestAt, lastError } = state;
  return {
    ...{ waiting: waiting + underWay + failing, failing },
    ...(oldestAt && { oldestAt }),
    ...(lastError !== undefined && { lastError }),
  };
}
