import { SystemChance } from '../shared/chance';
import { applicationId, sessionId, userId, type ApplicationId } from '../shared/ids';
import { OutboundPost } from '../shared/outbound-post';
import { SsoError } from '../shared/sso-error';
import { LogoutNotices, type FailedAttempt, type LogoutNotice } from './logout-notice';
import { LogoutTokens, TellApplications, type FailedNotice } from './tell-applications';

const now = new Date('2026-11-21T12:00:00Z');
const chance = new SystemChance();
const shop = applicationId.create(now, chance);

function aNotice(to: ApplicationId = shop, attempts = 1): LogoutNotice {
  const ids = { sessionId: sessionId.create(now, chance), userId: userId.create(now, chance) };
  return { ...ids, applicationId: to, uri: `https://${to}.example/ended`, attempts };
}

class ListedNotices extends LogoutNotices {
  readonly taken: LogoutNotice[] = [];
  readonly kept: FailedAttempt[] = [];

  constructor(private readonly waiting: LogoutNotice[][]) {
    super();
  }

  async raise(): Promise<void> {}

  async claimAnywhere(): Promise<LogoutNotice[]> {
    return this.waiting.shift() ?? [];
  }

  async delivered(notice: LogoutNotice): Promise<void> {
    this.taken.push(notice);
  }

  async failed(_notice: LogoutNotice, failure: FailedAttempt): Promise<void> {
    this.kept.push(failure);
  }

  async waitingFor(): Promise<[]> {
    return [];
  }
}

class NamedTokens extends LogoutTokens {
  async issue({ sessionId: sid }: LogoutNotice): Promise<string> {
    return `token of ${sid}`;
  }
}

class Answering extends OutboundPost {
  readonly sent: unknown[] = [];

  constructor(private readonly answer: (url: string) => Promise<number>) {
    super();
  }

  post(url: string, form: Readonly<Record<string, string>>): Promise<number> {
    this.sent.push([url, form]);
    return this.answer(url);
  }
}

function telling(
  waiting: LogoutNotice[][],
  answer: (url: string) => Promise<number>,
  tokens = new NamedTokens(),
) {
  const [notices, post] = [new ListedNotices(waiting), new Answering(answer)];
  const reported: FailedNotice[] = [];
  const tell = new TellApplications(notices, tokens, post, { now: () => now }, (each) => reported.push(each));
  return { notices, post, reported, run: () => tell.run() };
}

const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('telling applications of ended sessions', () => {
  it.each([200, 204])('is done when one answers %i, for all that waits [SES-3] [APP-1]', async (status) => {
    const [one, two, three] = [aNotice(), aNotice(), aNotice()];
    const { notices, post, run } = telling([[one, two], [three]], async () => status);
    await run();
    expect(notices.taken).toEqual([one, two, three]);
    expect(post.sent[0]).toEqual([one.uri, { logout_token: `token of ${one.sessionId}` }]);
    expect(notices.kept).toEqual([]);
  });

  it.each([201, 202, 301, 302, 400, 404, 500])(
    'is tried again after %i, and whatever else waits for that application is told [SES-3] [APP-1]',
    async (status) => {
      const { notices, reported, run } = telling([[aNotice()]], async () => status);
      await run();
      expect(notices.kept).toEqual([{ error: `HTTP status ${status}`, againAt: inSeconds(5) }]);
      expect(JSON.stringify(reported)).not.toContain('token of');
    },
  );

  it.each([
    [1, 5],
    [2, 10],
    [6, 160],
    [9, 900],
    [40, 900],
  ])('waits longer after each try: after number %i for %i seconds [SES-3]', async (attempts, seconds) => {
    const { notices, run } = telling([[aNotice(shop, attempts)]], async () => 404);
    await run();
    expect(notices.kept[0]?.againAt).toEqual(inSeconds(seconds));
  });

  it.each([
    ['answers nothing', new SsoError('network_timeout', 'Too slow.'), 'network_timeout'],
    [
      'is not there',
      new SsoError('metadata_unreachable', 'x', { reason: 'refused' }),
      'metadata_unreachable: refused',
    ],
    [
      'is a private address',
      new SsoError('address_not_allowed', 'x', { reason: 'private' }),
      'address_not_allowed: private',
    ],
    ['fails otherwise', new Error('socket 10.0.0.1'), 'internal'],
  ])('lets all of an application wait that %s, a minute at most [SES-3]', async (_, cause, error) => {
    const waiting = [[aNotice(shop, 1)], [aNotice(shop, 9)]];
    const { notices, reported, run } = telling(waiting, () => Promise.reject(cause));
    await run();
    expect(notices.kept).toEqual([
      { error, againAt: inSeconds(5), othersAgainAt: inSeconds(5) },
      { error, againAt: inSeconds(900), othersAgainAt: inSeconds(60) },
    ]);
    expect(reported.map((each) => each.error)).toEqual([error, error]);
  });

  it.each([502, 503, 504])(
    'lets all of an application wait whose gateway answers %i [SES-3]',
    async (status) => {
      const { notices, run } = telling([[aNotice(shop, 2)]], async () => status);
      await run();
      expect(notices.kept).toEqual([
        { error: `HTTP status ${status}`, againAt: inSeconds(10), othersAgainAt: inSeconds(10) },
      ]);
    },
  );

  it('does not wait for one application to tell another [SES-3]', async () => {
    const slow = applicationId.create(now, chance);
    let release: (status: number) => void = () => undefined;
    const held = new Promise<number>((resolve) => (release = resolve));
    const [late, prompt] = [aNotice(slow), aNotice()];
    const { notices, run } = telling([[late, prompt]], (url) =>
      url.includes(slow) ? held : Promise.resolve(200),
    );
    const running = run();
    await new Promise(setImmediate);
    expect(notices.taken).toEqual([prompt]);
    release(200);
    await running;
    expect(notices.taken).toEqual([prompt, late]);
  });

  it('holds a fault of ours against nobody: the notice is tried again [SES-3]', async () => {
    class NoKey extends LogoutTokens {
      issue(): Promise<string> {
        return Promise.reject(new Error('No server has made a signing key yet.'));
      }
    }
    const { notices, post, run } = telling([[aNotice()]], async () => 200, new NoKey());
    await run();
    expect(post.sent).toEqual([]);
    expect(notices.kept).toEqual([{ error: 'no token could be signed', againAt: inSeconds(5) }]);
  });
});
