import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LiveSessions, SessionView } from '@gatehouse/core';
import type { Provider } from 'oidc-provider';
import { pretendProxy } from './pretend-proxy';

/** Who is signed in to the issuer in this browser: what pages of ours go by that concern a person's own account. */
export class BrowserSessions {
  constructor(
    private readonly provider: Provider,
    private readonly live: LiveSessions,
    private readonly publicUrl: string,
  ) {}

  async find(req: IncomingMessage, res: ServerResponse): Promise<SessionView | undefined> {
    pretendProxy(req, this.publicUrl);
    const { accountId } = await this.provider.Session.get({ req, res });
    return accountId === undefined ? undefined : this.live.find(accountId);
  }
}
