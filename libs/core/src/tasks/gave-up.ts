import type { DeploymentHappening } from '../audit/deployment-happening';
import { mailId } from '../shared/ids';
import type { ClaimedTask } from './task';
import type { OpenedTask } from './task-store';

/** What the deployment's audit log holds of a task that nobody tries any more: neither person nor link. */
export function gaveUpOn(
  { id: subject, kind, tenantId, tries }: OpenedTask,
  task: ClaimedTask | Error,
  reason: string,
  at: Date,
): DeploymentHappening {
  const actor = { kind: 'system' } as const;
  const data = { attempts: tries, reason, ...(tenantId !== undefined && { tenantId }) };
  if (!mailId.is(subject)) return { type: 'task.given_up', at, actor, subject, data: { kind, ...data } };
  return { type: 'mail.given_up', at, actor, subject, data: { ...letterOf(task), ...data } };
}

function letterOf(task: ClaimedTask | Error): { kind?: string } {
  if (task instanceof Error || !('message' in task.payload)) return {};
  return { kind: task.payload.message.kind };
}
