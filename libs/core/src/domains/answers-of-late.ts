import { seenIn, type Look } from './look-at-domain';

const most = 40;
const fewest = 20;

/**
 * The last answers about domains whose proof stood until then. Most of them cannot have lost it at once: where most answers
 * say so, it is rather the resolver that is wrong (behind a captive portal, or in another zone, it denies names with a
 * straight face). A process that has seen few answers believes them: a first miss alone changes nothing for anybody.
 */
export class AnswersOfLate {
  private misses: readonly boolean[] = [];

  note(looks: readonly Look[]): void {
    const healthy = looks.filter(({ claimed: { domain } }) => !domain.missing && !domain.lapsedAt);
    const answered = healthy.map(seenIn).filter((seen) => seen !== 'fault');
    this.misses = [...this.misses, ...answered.map((seen) => seen === 'missing')].slice(-most);
  }

  areDoubtful(): boolean {
    const missed = this.misses.filter(Boolean).length;
    return this.misses.length >= fewest && missed * 2 > this.misses.length;
  }
}
