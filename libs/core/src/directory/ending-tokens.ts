import type { Happening } from '../audit/happening';
import type { DirectoryTokenExpiringMessage } from '../mail/mail-message';
import type { Clock } from '../shared/clock';
import type { DirectoryToken } from './directory';

/** How many days before a token of a directory ends owners are told (SCM-5). */
const tokenNoticeDays = [7, 30] as const;
export type TokenNoticeDays = (typeof tokenNoticeDays)[number];

const dayMs = 24 * 60 * 60 * 1000;
const batch = 100;

/** The most urgent notice that fits by now. A token that was made for as short a time needs none of it. */
export function dueTokenNotice(
  { expiresAt }: Pick<DirectoryToken, 'expiresAt'>,
  now: Date,
): TokenNoticeDays | undefined {
  const left = expiresAt.getTime() - now.getTime();
  return left <= 0 ? undefined : tokenNoticeDays.find((days) => left <= days * dayMs);
}

/** A token that ends soon, with what a letter names it by. */
export interface EndingToken {
  readonly token: DirectoryToken;
  readonly directory: string;
  readonly organisation: string;
}

export interface TokenNotice {
  readonly token: DirectoryToken;
  readonly days: TokenNoticeDays;
  readonly letter: DirectoryTokenExpiringMessage;
  readonly because: Happening;
}

/** Which tokens end, and of which owners were told. */
export abstract class EndingTokenStore {
  /** Crosses tenants: those of which a notice is due that nobody had yet; none of tenants that are suspended. */
  abstract dueAnywhere(limit: number, now: Date): Promise<readonly EndingToken[]>;
  /** The notice, its event and a letter to every owner, once. `known`: it was sent, or the token was revoked or replaced. */
  abstract tell(notice: TokenNotice): Promise<'told' | 'known'>;
}

/** Tells owners of directories' tokens that end, before a directory falls silent (SCM-5). */
export class TellOfEndingTokens {
  constructor(
    private readonly store: EndingTokenStore,
    private readonly clock: Clock,
    private readonly failed: (ending: EndingToken, error: unknown) => void,
  ) {}

  /** Answers with how many notices were sent. */
  async run(): Promise<number> {
    for (let told = 0; ;) {
      const now = this.clock.now();
      const due = await this.store.dueAnywhere(batch, now);
      const news = await Promise.all(due.map((each) => this.tell(each, now)));
      const more = news.filter(Boolean).length;
      told += more;
      // Those that failed come again with the next round.
      if (due.length < batch || more === 0) return told;
    }
  }

  private async tell(ending: EndingToken, now: Date): Promise<boolean> {
    const days = dueTokenNotice(ending.token, now);
    if (days === undefined) return false;
    try {
      return (await this.store.tell(noticeOf(ending, days, now))) === 'told';
    } catch (error) {
      this.failed(ending, error);
      return false;
    }
  }
}

function noticeOf(
  { token, directory, organisation }: EndingToken,
  days: TokenNoticeDays,
  at: Date,
): TokenNotice {
  const { tenantId, directoryId, id: subject, name, expiresAt } = token;
  return {
    token,
    days,
    letter: { kind: 'directory-token-expiring', organisation, directory, token: name, days, expiresAt },
    because: {
      ...{ type: 'directory_token.expiring', tenantId, at, actor: { kind: 'system' }, subject },
      data: { directoryId, directory, name, expiresAt, days },
    },
  };
}
