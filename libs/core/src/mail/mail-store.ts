import type { DeploymentHappening } from '../audit/deployment-happening';
import type { MailId } from '../shared/ids';
import type { OutgoingMail } from './outgoing-mail';

/** A mail whose turn has come. */
export interface DueMail {
  readonly id: MailId;
  readonly createdAt: Date;
  /** How often it was claimed, this time included. */
  readonly attempts: number;
  /** Throws where the key that sealed it is not in the ring (any more). */
  open(): OutgoingMail;
}

/** How it stands with the mails that wait. */
export interface MailQueueState {
  readonly waiting: number;
  /** Of these, how many were tried without success. */
  readonly failing: number;
  readonly oldestAt?: Date;
  /** What the mail server said of the one that failed last. */
  readonly lastError?: string;
}

/** Mails that the stores queued in the transactions of their causes; emptied by the worker. */
export abstract class MailStore {
  /** Crosses tenants: mails that are due, for this caller alone. What is neither delivered, failed nor given up falls due again. */
  abstract claimAnywhere(limit: number, now: Date): Promise<DueMail[]>;
  /** Forgets the mail, and the one-time link in it. */
  abstract delivered(id: MailId): Promise<void>;
  /** Keeps the mail for another attempt. */
  abstract failed(id: MailId, error: string, againAt: Date): Promise<void>;
  /** Forgets a mail that did not arrive, and records that it did not. */
  abstract givenUp(id: MailId, because: DeploymentHappening): Promise<void>;
  abstract state(): Promise<MailQueueState>;
}
