import { randomUUID } from 'node:crypto';
import { loopRounds, loopWindowMs, SsoError, type Clock } from '@gatehouse/core';
import type { OidcContext } from 'oidc-provider';
import type { Config } from '../config';
import { renderErrorPage } from '../pages/error-page';
import { readerOfIssuer } from './issuer-reader';

interface Rounds {
  readonly clientId: string;
  readonly count: number;
  /** In milliseconds since 1970. */
  readonly since: number;
}

/**
 * An application that keeps no session sends the browser here again at once, and gets a code each time: nobody signs in
 * anywhere in between, so only the browser can count the rounds (LOG-10). Who has a session here keeps cookies, and who
 * bends this one stops nobody but themselves.
 */
export function noticeLoops(config: Config, clock: Clock) {
  const name = config.publicUrl.startsWith('https:') ? '__Host-gatehouse_rounds' : 'gatehouse_rounds';
  const secure = config.publicUrl.startsWith('https:');
  const options = { httpOnly: true, secure, sameSite: 'lax', path: '/', signed: false };

  return async (context: OidcContext, next: () => Promise<void>): Promise<void> => {
    await next();
    if (!handsOutCode(context)) return;
    const now = clock.now().getTime();
    const { clientId } = context.oidc.client;
    const rounds = nextRound(readRounds(context.cookies.get(name, { signed: false })), clientId, now);
    const isLoop = rounds.count > loopRounds;
    const value = isLoop ? null : `${rounds.clientId}.${rounds.count}.${rounds.since}`;
    context.cookies.set(name, value, { ...options, maxAge: loopWindowMs });
    if (isLoop) stop(context, config);
  };
}

/** Silent renewal in a frame (`prompt=none`) repeats itself by design, and nobody would see the page. */
function handsOutCode({ path, oidc, response }: OidcContext): boolean {
  if (path !== '/auth' && !path.startsWith('/auth/')) return false;
  if (oidc.params['prompt'] === 'none') return false;
  const location = response.get('location');
  return URL.canParse(location) && new URL(location).searchParams.has('code');
}

function readRounds(cookie: string | undefined): Rounds | undefined {
  const [, clientId = '', count, since] = /^(\w{1,64})\.(\d{1,2})\.(\d{1,15})$/.exec(cookie ?? '') ?? [];
  return count === undefined ? undefined : { clientId, count: Number(count), since: Number(since) };
}

function nextRound(earlier: Rounds | undefined, clientId: string, now: number): Rounds {
  const isSame = earlier?.clientId === clientId && earlier.since > now - loopWindowMs;
  return isSame ? { ...earlier, count: earlier.count + 1 } : { clientId, count: 1, since: now };
}

/** The code that was made is handed to nobody and expires by itself. */
function stop(context: OidcContext, { publicUrl, productName }: Config): void {
  const refusal = new SsoError(
    'application_loop',
    `The application asked for a sign-in ${loopRounds + 1} times in ${loopWindowMs / 1000} seconds and was given one each time. ` +
      'Look at why it does not keep its session: its cookie is blocked, or set for another host or path.',
    {
      want: 'a session of the application',
      got: 'another authorization request',
      client: context.oidc.client.clientId,
    },
  );
  const again = context.path === '/auth' ? `${publicUrl}/oidc${context.url}` : undefined;
  const reference = randomUUID();
  context.remove('location');
  context.status = 403;
  context.type = 'html';
  context.body = renderErrorPage(readerOfIssuer(context, productName), { refusal, reference, again });
}
