import type { TenantId } from '../shared/ids';
import { seenIn, type Look } from './look-at-domain';

const most = 40;
const fewest = 20;
/** Where others answered, too: whoever takes down most of the records must not decide alone what is believed. */
const mostOfEach = 10;

interface Answer {
  readonly tenantId: TenantId;
  readonly missing: boolean;
}

/**
 * The last answers about domains whose proof stood until then. Most of them cannot have lost it at once: where most answers
 * say so, it is rather the resolver that is wrong (behind a captive portal, or in another zone, it denies names with a
 * straight face). A process that has seen few answers believes them: a first miss alone changes nothing for anybody.
 */
export class AnswersOfLate {
  private answers: readonly Answer[] = [];

  note(looks: readonly Look[]): void {
    for (const look of looks) {
      const { tenantId, missing, lapsedAt } = look.claimed.domain;
      const seen = seenIn(look);
      if (!missing && !lapsedAt && seen !== 'fault') this.add({ tenantId, missing: seen === 'missing' });
    }
  }

  areDoubtful(): boolean {
    const missed = this.answers.filter(({ missing }) => missing).length;
    return this.answers.length >= fewest && missed * 2 > this.answers.length;
  }

  private add(answer: Answer): void {
    const answers = [...this.answers, answer];
    this.answers = answers.length > most ? answers.toSpliced(tooMuch(answers), 1) : answers;
  }
}

/** Which answer to forget: the oldest of a tenant that has more than its part, else the oldest. */
function tooMuch(answers: readonly Answer[]): number {
  const count = new Map<TenantId, number>();
  for (const { tenantId } of answers) count.set(tenantId, (count.get(tenantId) ?? 0) + 1);
  return Math.max(
    0,
    answers.findIndex(({ tenantId }) => (count.get(tenantId) ?? 0) > mostOfEach),
  );
}
