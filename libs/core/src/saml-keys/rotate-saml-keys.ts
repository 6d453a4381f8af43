import type { DeploymentHappeningType } from '../audit/deployment-happening';
import type { Actor } from '../audit/happening';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import type { KeyRing } from '../shared/key-ring';
import { SsoError } from '../shared/sso-error';
import { makeSamlKey } from './make-saml-key';
import type { RotationStep, SamlKey, SamlKeyState } from './saml-key';
import type { SamlKeyStore } from './saml-key-store';
import type { SamlKeys } from './saml-keys';

/** Identity providers that load metadata by themselves do so once a day or oftener. */
export const samlKeyOverlapMs = 24 * 60 * 60 * 1000;

/** One step, and whether to take it before identity providers could follow the one before (when a key has leaked). */
export interface Rotation {
  readonly step: RotationStep;
  readonly force: boolean;
}

/** Changes the deployment's SAML key without interrupting sign-ins, in three steps with a day between them. */
export class RotateSamlKeys {
  constructor(
    private readonly store: SamlKeyStore,
    private readonly keys: SamlKeys,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** Says which keys there are now. Throws `conflict` for a step out of order, `rotation_too_early` before its time. */
  async rotate({ step, force }: Rotation, actor: Actor): Promise<readonly SamlKey[]> {
    const found = new KeysByState(await this.keys.list());
    const at = this.clock.now();
    const done = await this[step](found, { at, actor, force });
    this.keys.forget();
    if (!done)
      throw outOfOrder('The keys were changed by someone else at the same time: look at them again.', found);
    return this.keys.list();
  }

  private async publish(found: KeysByState, { at, actor }: Circumstances): Promise<boolean> {
    if (found.has('next') || found.has('previous'))
      throw outOfOrder('A rotation is under way: finish it (switch, retire) before the next one.', found);
    const key = await makeSamlKey('next', at, this.keyRing, this.chance);
    return this.store.add(key, happening('saml_key.published', key, at, actor));
  }

  private switch(found: KeysByState, { at, actor, force }: Circumstances): Promise<boolean> {
    const next = found.get('next', 'Publish the next key first.');
    const current = found.get('current', 'There is no current key.');
    if (!force) refuseEarly(next, at);
    return this.store.switch(current.id, next.id, at, happening('saml_key.switched', next, at, actor));
  }

  private retire(found: KeysByState, { at, actor, force }: Circumstances): Promise<boolean> {
    const previous = found.get(
      'previous',
      'There is no previous key to retire: switch to the next one first.',
    );
    if (!force) refuseEarly(previous, at);
    return this.store.retire(previous.id, happening('saml_key.retired', previous, at, actor));
  }
}

interface Circumstances {
  readonly at: Date;
  readonly actor: Actor;
  readonly force: boolean;
}

class KeysByState {
  constructor(private readonly keys: readonly SamlKey[]) {}

  has(state: SamlKeyState): boolean {
    return this.states().includes(state);
  }

  /** Throws `conflict`, saying what to do first. */
  get(state: SamlKeyState, otherwise: string): SamlKey {
    const key = this.keys.find((each) => each.state === state);
    if (key) return key;
    throw outOfOrder(otherwise, this);
  }

  states(): readonly SamlKeyState[] {
    return this.keys.map(({ state }) => state);
  }
}

function outOfOrder(message: string, found: KeysByState): SsoError {
  return new SsoError('conflict', message, { want: ['publish', 'switch', 'retire'], got: found.states() });
}

function refuseEarly({ since }: SamlKey, now: Date): void {
  const earliest = new Date(since.getTime() + samlKeyOverlapMs);
  if (now >= earliest) return;
  const message =
    'Identity providers need a day to load our metadata: wait, or force the step if the key has leaked.';
  throw new SsoError('rotation_too_early', message, {
    want: earliest.toISOString(),
    got: now.toISOString(),
  });
}

function happening(type: DeploymentHappeningType, { id, certificatePem }: SamlKey, at: Date, actor: Actor) {
  return { type, at, actor, subject: id, data: { certificatePem } };
}
