import { mailId, taskId, taskKinds, tenantId, type Task } from '@gatehouse/core';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { pageQuery } from '../http/pages';

const kind = z.enum(taskKinds).describe('A kind of task; all kinds where it is left out.');

/** The ID of a task: a letter has one of its own kind, which its mail server gets too. */
@Injectable()
export class TaskIdPipe implements PipeTransform {
  transform(value: unknown): Task['id'] {
    return mailId.is(value) ? value : taskId.parse(value);
  }
}

const tenant = z.string().transform((text, context) => {
  if (tenantId.is(text)) return text;
  context.addIssue({ code: 'custom', message: 'must be the ID of a tenant' });
  return z.NEVER;
});

export const deadLetterQuery = pageQuery.extend({ kind: kind.optional(), tenant: tenant.optional() });

export const replayOrder = z.strictObject({ kind: kind.optional() });

export const replayed = z.object({ replayed: z.number().int().describe('How many are tried again.') });

const when = z.iso.datetime();

export const taskStates = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      waiting: z.number().int().describe('Not tried so far.'),
      underWay: z.number().int().describe('With the queue or with a worker.'),
      retrying: z.number().int().describe('Tried without success, and to be tried again.'),
      dead: z.number().int().describe('Given up; an operator can replay them for 30 days.'),
      oldestAt: when.optional().describe('Since when the oldest waits that is not dead.'),
      lastError: z.string().optional().describe('Of the one that failed last and is not dead.'),
    }),
  ),
});

export const deadLetterList = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      tenantId: z.string().optional().describe("Absent where it is the deployment's own."),
      createdAt: when,
      deadAt: when,
      attempts: z.number().int(),
      reason: z.string().describe('Names no person and no link.'),
    }),
  ),
  next: z.string().optional().describe('The `after` of the following slice.'),
});
