import type { User } from '../members/member';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import type { UserId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { describeChange, type Changing } from './credential-change';
import { requireFullProof, type Proven } from './fresh-proof';
import { hashPassword, isPassword } from './password-hash';
import type { RecoveryCodeStore } from './recovery-code-store';
import type { SecondFactors } from './second-factors';

export const recoveryCodeCount = 10;

// No character that is taken for another; 12 of them are 60 bits, and each try costs what a password's costs.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const length = 12;

/** Codes on paper for whoever lost the app or the passkey; each is taken once. */
export class RecoveryCodes {
  constructor(
    private readonly store: RecoveryCodeStore,
    private readonly factors: SecondFactors,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** Ten new ones, to be shown once; those before them end. Throws `proof_stale` or `second_factor_required`. */
  async replace(user: User, proven: Proven, changing: Changing): Promise<readonly string[]> {
    const now = this.clock.now();
    const enrolled = await this.factors.enrolled(user.id);
    requireFullProof(user.id, proven, enrolled, now);
    if (!enrolled.some((factor) => factor !== 'recovery-code'))
      throw new SsoError('second_factor_required', 'Set up an authenticator app or a passkey first.', {
        want: 'a second factor that the codes stand in for',
      });
    const codes = Array.from({ length: recoveryCodeCount }, () => this.create());
    const hashes = await Promise.all(codes.map((code) => hashPassword(code, this.chance)));
    const message = { kind: 'second-factor-changed', change: 'recovery-codes-replaced' } as const;
    const type = 'credential.recovery_codes_replaced';
    const change = describeChange(user, type, message, changing, now, this.chance);
    await this.store.replaceAnywhere(user.id, hashes, change);
    return codes.map(grouped);
  }

  /** How many are left. */
  async left(user: UserId): Promise<number> {
    return (await this.store.unusedAnywhere(user)).length;
  }

  /** Whether this is an unused one, which it then no longer is; of parallel tries with one code a single one is right. */
  async use(user: User, typed: string, changing: Changing): Promise<boolean> {
    const hash = await this.find(user.id, spelled(typed));
    if (hash === undefined) return false;
    const message = { kind: 'second-factor-changed', change: 'recovery-code-used' } as const;
    const type = 'credential.recovery_code_used';
    const change = describeChange(user, type, message, changing, this.clock.now(), this.chance);
    return (await this.store.useAnywhere(user.id, hash, change)) === 'used';
  }

  private async find(user: UserId, code: string): Promise<string | undefined> {
    if (code.length !== length) return undefined;
    for (const hash of await this.store.unusedAnywhere(user)) if (await isPassword(code, hash)) return hash;
    return undefined;
  }

  private create(): string {
    return [...this.chance.bytes(length)].map((octet) => alphabet.charAt(octet % alphabet.length)).join('');
  }
}

function grouped(code: string): string {
  return code.replaceAll(/.{4}(?=.)/g, '$&-');
}

/** As people type it: in any case, with any separators, and with the letters that are not in it for those they resemble. */
function spelled(typed: string): string {
  const plain = typed
    .slice(0, 100)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
  return plain.replaceAll('o', '0').replaceAll(/[il]/g, '1');
}
