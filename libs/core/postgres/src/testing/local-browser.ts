import type { LocalOutcome, LocalStep, TenantId } from '@gatehouse/core';
import type { CredentialDesk } from './credential-desk';
import type { SoftAuthenticator } from './soft-authenticator';

/** Whose password it is does not matter: everybody's in these tests. */
export const password = 'tulip-kernel-orbit-77';

export const visitor = {
  actor: { kind: 'person', address: '192.0.2.1' },
  language: 'en',
  userAgent: 'Firefox',
} as const;

let browsers = 0;

/** One browser that signs in, and keeps what a browser keeps. */
export class Browser {
  readonly browserKey = `browser-${++browsers}`;
  device: string | undefined;

  constructor(
    private readonly desk: CredentialDesk,
    private readonly address: string = visitor.actor.address,
  ) {}

  private get who() {
    const actor = { ...visitor.actor, address: this.address };
    const { browserKey, device } = this;
    return { ...visitor, actor, browserKey, interactionId: 'interaction', device };
  }

  async enter(email: string, typed = password, more: { tenantId?: TenantId; purpose?: 'drill' } = {}) {
    return this.keep(await this.signIn.begin({ ...this.who, ...more, email, password: typed }));
  }

  async step(step: LocalStep) {
    return this.keep(await this.signIn.continue({ ...this.who, step }));
  }

  async byPasskey(authenticator: SoftAuthenticator, bent = {}, tenantId?: TenantId) {
    const asked = await this.signIn.passkeyOptions(this.who);
    const response = authenticator.sign(asked, bent);
    return this.keep(await this.signIn.beginByPasskey({ ...this.who, response, tenantId }));
  }

  async withPasskey(authenticator: SoftAuthenticator, bent = {}) {
    const asked = await this.signIn.factorOptions(this.who);
    return this.step({ kind: 'passkey', response: authenticator.sign(asked ?? { challenge: 'none' }, bent) });
  }

  async startEnrolment() {
    return this.signIn.startEnrolment(this.who);
  }

  private get signIn() {
    return this.desk.parts.signIn;
  }

  private keep(outcome: LocalOutcome): LocalOutcome {
    if (outcome.kind === 'signed-in') this.device = outcome.device;
    return outcome;
  }
}
