import type { Actor } from '../audit/happening';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import type { UserId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { AccountStore } from './account';
import { describeChange } from './credential-change';

/**
 * For whoever has lost app, passkeys and codes, or whose password was stolen and has a second factor of the thief's: only who
 * runs the deployment can help, since no tenant may touch what opens all of a person's.
 */
export class LostFactors {
  constructor(
    private readonly accounts: AccountStore,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** Takes all second factors away and ends every session of the person, who is told by mail. Throws `not_found`. */
  async remove(id: UserId, actor: Actor): Promise<void> {
    const account = await this.accounts.findAnywhere(id);
    if (!account) throw new SsoError('not_found', 'There is no such person.', { got: id });
    const message = { kind: 'second-factor-changed', change: 'all-removed' } as const;
    const [type, now] = ['credential.factors_removed', this.clock.now()] as const;
    const change = describeChange(account.user, type, message, { actor }, now, this.chance);
    await this.accounts.removeFactorsAnywhere(id, change);
  }
}
