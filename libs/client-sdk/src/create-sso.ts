import { readConfig, type SsoOptions, type TenantKey } from './config.ts';
import { discover, type Discovery } from './discover.ts';
import { SealedBox } from './session/sealed-box.ts';
import { SessionCheck } from './session/session-check.ts';
import { Sessions } from './session/sessions.ts';
import { BackChannel } from './sign-in/back-channel.ts';
import { Issuer } from './sign-in/issuer.ts';
import { KeySet } from './sign-in/key-set.ts';
import { SignIn } from './sign-in/sign-in.ts';
import { SignOut } from './sign-in/sign-out.ts';
import { type CallOptions, Transport } from './transport.ts';

/** Everything an application needs of Gatehouse; make it once with `createSso`. */
export interface Sso {
  /**
   * How a person with this address signs in. Never throws; on any fault the answer is `password`.
   *
   * @example
   * const found = await sso.discover('ada@acme.example');
   * if (found.kind === 'sso') return redirect('/auth/login?email=ada@acme.example');
   */
  discover(email: string, options?: CallOptions): Promise<Discovery>;
  readonly signIn: SignIn;
  readonly signOut: SignOut;
  readonly session: Sessions;
  readonly backChannel: BackChannel;
  /** Origin of your application, if it was configured. */
  readonly appUrl: string | undefined;
  readonly tenantKey: TenantKey;
  readonly now: () => Date;
}

/**
 * Connects your application to a Gatehouse server. Reads `GATEHOUSE_URL`, `GATEHOUSE_CLIENT_ID`,
 * `GATEHOUSE_CLIENT_SECRET` and `GATEHOUSE_COOKIE_SECRET`; throws `config_invalid` naming all that is missing.
 *
 * @example
 * import { createSso } from '@gatehouse/client-sdk';
 * const sso = createSso();
 */
export function createSso(options: SsoOptions = {}): Sso {
  const config = readConfig(options);
  const transport = new Transport(config.fetch);
  const box = new SealedBox(config.cookieSecrets, config.randomBytes);
  const issuer = new Issuer(config, transport);
  const keys = new KeySet(config, issuer, transport);
  return {
    discover: (email, call) => discover(config, transport, email, call),
    signIn: new SignIn({ config, transport, box, issuer, keys }),
    signOut: new SignOut(config, issuer),
    session: new Sessions(config, box, config.revocations, new SessionCheck(config, transport)),
    backChannel: new BackChannel({ config, keys }, config.revocations),
    appUrl: config.appUrl,
    tenantKey: config.tenantKey,
    now: config.now,
  };
}
