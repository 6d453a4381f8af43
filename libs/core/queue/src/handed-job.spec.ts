import { mailId, SystemChance, taskId, tenantId } from '@gatehouse/core';
import { jobOf, readHandedTask } from './handed-job';

const chance = new SystemChance();
const now = new Date('2026-03-01T12:00:00Z');
const handed = {
  id: taskId.create(now, chance),
  kind: 'refresh-metadata',
  attempt: 3,
  tenantId: tenantId.create(now, chance),
} as const;

describe('the job that stands for a task', () => {
  it('carries who, what and which attempt, and never the payload [WRK-1]', () => {
    const whole = { ...handed, payload: { to: 'jane@acme.example' }, createdAt: now };
    const { data, opts } = jobOf(whole);
    expect(data).toEqual(handed);
    expect(opts).toMatchObject({ jobId: `${handed.id}-3`, attempts: 1 });
  });

  it('is read back as it was, for a task and for a letter', () => {
    expect(readHandedTask(JSON.parse(JSON.stringify(jobOf(handed).data)))).toEqual(handed);
    const letter = { id: mailId.create(now, chance), kind: 'send-mail', attempt: 1 } as const;
    expect(readHandedTask(jobOf(letter).data)).toEqual(letter);
  });

  it.each([
    [undefined, 'no kind of task named "undefined"'],
    ['send-mail', 'no kind of task named "undefined"'],
    [{ ...handed, kind: 'constructor' }, 'no kind of task named "constructor"'],
    [{ ...handed, attempt: 0 }, 'not a number from 1'],
    [{ ...handed, attempt: '3' }, 'not a number from 1'],
    [{ ...handed, id: handed.tenantId }, 'begins with "task_"'],
    [{ ...handed, tenantId: handed.id }, 'begins with "ten_"'],
  ])('is refused when it is none: %j', (data, reason) => {
    expect(() => readHandedTask(data)).toThrow(reason);
  });
});
