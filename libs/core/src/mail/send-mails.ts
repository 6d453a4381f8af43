import type { Clock } from '../shared/clock';
import type { MailId } from '../shared/ids';
import { MailUndeliverable, type Mailer } from '../shared/mailer';
import { composeMail } from './compose-mail';
import type { MailKind } from './mail-message';
import type { DueMail, MailStore } from './mail-store';
import type { OutgoingMail } from './outgoing-mail';
import { withoutSecrets } from './without-secrets';

/** A mail that was not taken; the reason names no person and no link. */
export interface MailFailure {
  readonly id: MailId;
  readonly kind?: MailKind;
  readonly attempts: number;
  readonly reason: string;
  /** When it is tried again; absent where it was given up. */
  readonly againAt?: Date;
}

const batch = 10;
const firstPauseMs = 30_000;
const longestPauseMs = 60 * 60_000;
const patienceMs = 3 * 24 * 60 * 60_000;

/** Empties the queue of mails. A mail may arrive twice (with one Message-ID), but never not at all without a record. */
export class SendMails {
  constructor(
    private readonly store: MailStore,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
    private readonly report: (failure: MailFailure) => void,
  ) {}

  /** Ends when nothing more is due, or when the mail server takes nothing of a whole batch. */
  async run(): Promise<void> {
    for (let more = true; more;) more = await this.#sendBatch();
  }

  async #sendBatch(): Promise<boolean> {
    const due = await this.store.claimAnywhere(batch, this.clock.now());
    const taken = await Promise.all(due.map((mail) => this.#send(mail)));
    return due.length === batch && taken.includes(true);
  }

  async #send(due: DueMail): Promise<boolean> {
    const letter = opened(due);
    try {
      const mail = this.#stillWanted(letter);
      await this.mailer.send(composeMail(mail));
    } catch (error) {
      await this.#keep(due, letter, error);
      return false;
    }
    await this.store.delivered(due.id);
    return true;
  }

  /** A link that no longer works would only puzzle who gets it. */
  #stillWanted(letter: OutgoingMail | Error): OutgoingMail {
    if (letter instanceof Error) throw letter;
    const { message } = letter;
    if ('expiresAt' in message && message.expiresAt <= this.clock.now())
      throw new MailUndeliverable('The link in it has expired.');
    return letter;
  }

  async #keep(due: DueMail, letter: OutgoingMail | Error, error: unknown): Promise<void> {
    const now = this.clock.now();
    const reason = withoutSecrets(error instanceof Error ? error.message : String(error));
    const kind = letter instanceof Error ? {} : { kind: letter.message.kind };
    const failure = { id: due.id, ...kind, attempts: due.attempts, reason };
    const isOver =
      error instanceof MailUndeliverable || now.getTime() - due.createdAt.getTime() >= patienceMs;
    if (isOver) return this.#giveUp(failure, now);
    const againAt = new Date(now.getTime() + pause(due.attempts));
    await this.store.failed(due.id, reason, againAt);
    this.report({ ...failure, againAt });
  }

  async #giveUp(failure: MailFailure, at: Date): Promise<void> {
    const { id: subject, ...data } = failure;
    await this.store.givenUp(subject, {
      ...{ type: 'mail.given_up', at, actor: { kind: 'system' }, subject },
      data,
    });
    this.report(failure);
  }
}

function opened(due: DueMail): OutgoingMail | Error {
  try {
    return due.open();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function pause(attempts: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (attempts - 1));
}
