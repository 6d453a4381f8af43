import type { Memberships } from '../members/memberships';
import { emailKey, type User } from '../members/member';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import type { UserId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { Account, AccountStore } from './account';
import { describeChange, type Changing } from './credential-change';
import { requireFreshProof, requireLocalProof, type ProvenSession } from './fresh-proof';
import { hashPassword, isOutdated, isPassword } from './password-hash';
import { refuseWeakPassword } from './password-rules';
import type { SignInDelays } from './sign-in-delays';

/** A change of the password by the person, who is signed in. */
export interface NewPassword extends Changing {
  readonly session: ProvenSession;
  /** May be left out right after a sign-in by password or passkey. */
  readonly current?: string | undefined;
  readonly password: string;
}

/** What passwords read and write, by name. */
export interface PasswordPorts {
  readonly accounts: AccountStore;
  readonly memberships: Memberships;
  readonly delays: SignInDelays;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** What passwords are checked against and how they are kept. */
export class Passwords {
  constructor(
    private readonly ports: PasswordPorts,
    /** What nobody may make a password of besides their own names: of the product and its host. */
    private readonly productNames: readonly string[],
  ) {}

  /** Takes the same steps and the same time for an unknown account, one without a password and a wrong password. */
  async prove(email: string, password: string): Promise<ProvenPassword> {
    const account = await this.ports.accounts.findByEmailAnywhere(emailKey(email));
    const stored = account?.password;
    if (!(await isPassword(password, stored?.hash)) || !account || !stored)
      return { proven: false, ...(account && { user: account.user }) };
    if (isOutdated(stored.hash)) await this.rehash(account.user.id, stored.hash, password);
    return { proven: true, user: account.user };
  }

  async isSet(user: UserId): Promise<boolean> {
    return (await this.ports.accounts.findAnywhere(user))?.password !== undefined;
  }

  /** Ends all other sessions of the person. Throws `password_wrong`, `rate_limited`, `proof_stale` and what `refuseWeak` throws. */
  async change({ session, current, password, actor, language }: NewPassword): Promise<void> {
    requireLocalProof(session);
    const account = await this.require(session.userId);
    await this.requireCurrent(account, session, current);
    await this.refuseWeak(account.user, password);
    await this.set(account.user, password, { actor, language }, session);
  }

  /** Throws `password_length`, `password_common` or `password_personal`. */
  async refuseWeak(user: User, password: string): Promise<void> {
    const organisations = await this.ports.memberships.ofUserAnywhere(user.id);
    const names = organisations.flatMap(({ tenant }) => [tenant.name, tenant.slug]);
    refuseWeakPassword(password, { email: user.email, names: [...names, ...this.productNames] });
  }

  private async requireCurrent(account: Account, session: ProvenSession, current: string | undefined) {
    if (current === undefined) return requireFreshProof(session, this.ports.clock.now());
    const admission = await this.ports.delays.admitChange(session.userId);
    if (admission.kind === 'slow-down') throw tooFast(admission.seconds);
    if (await isPassword(current, account.password?.hash)) return this.ports.delays.clear(admission);
    throw new SsoError('password_wrong', 'This is not your current password. Try again, or have it reset.', {
      want: 'the password that you sign in with now',
    });
  }

  private async set(user: User, password: string, changing: Changing, keep: ProvenSession): Promise<void> {
    const now = this.ports.clock.now();
    const message = { kind: 'password-changed' } as const;
    const change = describeChange(
      user,
      'credential.password_changed',
      message,
      changing,
      now,
      this.ports.chance,
    );
    const hash = await hashPassword(password, this.ports.chance);
    await this.ports.accounts.setPasswordAnywhere(user.id, {
      ...change,
      hash,
      changedAt: now,
      keep: keep.id,
    });
  }

  private async require(user: UserId): Promise<Account> {
    const account = await this.ports.accounts.findAnywhere(user);
    if (account) return account;
    throw new SsoError('not_found', 'This person is gone.', { got: user });
  }

  private async rehash(user: UserId, from: string, password: string): Promise<void> {
    await this.ports.accounts.rehashAnywhere(user, from, await hashPassword(password, this.ports.chance));
  }
}

/** Who a password is said to be of, known or not; only `proven` says that it is. */
export type ProvenPassword =
  { readonly proven: true; readonly user: User } | { readonly proven: false; readonly user?: User };

function tooFast(seconds: number): SsoError {
  return new SsoError('rate_limited', `This was tried too often. Wait ${seconds} seconds and try again.`, {
    want: 'time between two tries',
    seconds,
  });
}
