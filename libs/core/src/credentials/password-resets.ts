import type { OutgoingMail } from '../mail/outgoing-mail';
import { emailKey, parseEmail, type User } from '../members/member';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { mailId } from '../shared/ids';
import { networkKey } from '../shared/network-key';
import type { RateLimit, RateLimits } from '../shared/rate-limits';
import { SsoError } from '../shared/sso-error';
import { createToken, hashToken } from '../shared/token';
import type { AccountStore } from './account';
import { describeChange, type Changing } from './credential-change';
import type { KnownDevices } from './known-devices';
import { hashPassword } from './password-hash';
import type { PasswordResetStore } from './password-reset-store';
import type { Passwords } from './passwords';

export const resetLifetimeMs = 30 * 60 * 1000;

// More mails would only bury the one that the person looks for; the last link that was sent stays good.
const ofAccount: RateLimit = { name: 'reset-account', most: 5, windowMs: 60 * 60_000 };
const ofAddress: RateLimit = { name: 'reset-address', most: 20, windowMs: 10 * 60_000 };

export interface ResetRequest extends Changing {
  readonly email: string;
}

export interface ResetCompletion extends Changing {
  readonly token: string;
  readonly password: string;
  /** The value of the device cookie, as it came. */
  readonly device?: string | undefined;
}

/** What resets read and write, by name. */
export interface ResetPorts {
  readonly resets: PasswordResetStore;
  readonly accounts: AccountStore;
  readonly passwords: Passwords;
  readonly devices: KnownDevices;
  readonly limits: RateLimits;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** A new password for who holds the mailbox. Second factors stay, and nobody is signed in by it. */
export class PasswordResets {
  constructor(
    private readonly ports: ResetPorts,
    /** The page of the link: the token is put behind it. */
    private readonly pageUrl: string,
  ) {}

  /** The same answer, the same steps and the same writing for an unknown account. Throws `validation_failed`. */
  async request({
    email,
    actor,
    language,
  }: ResetRequest): Promise<
    { readonly kind: 'sent' } | { readonly kind: 'slow-down'; readonly seconds: number }
  > {
    const { resets, accounts, limits, clock, chance } = this.ports;
    const key = emailKey(parseEmail(email));
    const now = clock.now();
    const held = await limits.take(ofAddress, networkKey(actor.address), now);
    if (held.kind === 'limited') return { kind: 'slow-down', seconds: held.seconds };
    if ((await limits.take(ofAccount, hashToken(key), now)).kind === 'limited') return { kind: 'sent' };
    const account = await accounts.findByEmailAnywhere(key);
    const token = createToken(chance);
    const expiresAt = new Date(now.getTime() + resetLifetimeMs);
    const reset = { key: hashToken(key), tokenHash: hashToken(token), userId: account?.user.id, expiresAt };
    // To the address that is on file, which may differ from the one that was typed in more than case.
    const to = account?.user.email ?? nobody;
    const message = { kind: 'password-reset', url: `${this.pageUrl}${token}`, expiresAt } as const;
    const mail: OutgoingMail = { id: mailId.create(now, chance), to, language, message, createdAt: now };
    await resets.beginAnywhere(reset, mail);
    return { kind: 'sent' };
  }

  /** Whose password the link would set; nothing is used up. Throws `reset_invalid`. */
  async find(token: string): Promise<User> {
    const user = await this.ports.resets.findAnywhere(hashToken(token), this.ports.clock.now());
    return user ?? refuse();
  }

  /**
   * Uses the link up and ends every session of the person. A password that is refused uses nothing up. Throws
   * `reset_invalid`, `password_length`, `password_common` or `password_personal`.
   */
  async complete({
    token,
    password,
    device,
    ...changing
  }: ResetCompletion): Promise<{ readonly user: User; readonly device: string }> {
    const { resets, passwords, devices, clock, chance } = this.ports;
    const user = await this.find(token);
    await passwords.refuseWeak(user, password);
    const now = clock.now();
    const hash = await hashPassword(password, chance);
    const told = { kind: 'password-changed' } as const;
    const change = describeChange(user, 'credential.password_reset', told, changing, now, chance);
    const done = await resets.completeAnywhere(hashToken(token), { ...change, hash, changedAt: now });
    if (done === 'unknown') return refuse();
    // Whoever holds the mailbox is not kept waiting by others who try the account.
    return { user, device: devices.rememberReset(device, user.email) };
  }
}

const nobody = 'nobody@invalid.example';

function refuse(): never {
  throw new SsoError(
    'reset_invalid',
    'This link was used already, is too old, or a newer one was sent. Ask for a new one.',
    { want: 'the newest link, within 30 minutes, once' },
  );
}
