import type { Actor, HappeningType } from '../audit/happening';
import { chanceBetweenZeroAndOne, type Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { domainId, type DomainId, type TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { createToken } from '../shared/token';
import { describeCheck } from './describe-check';
import { provingTokens, tokenLifetimeMs, type Domain, type ProofKind } from './domain';
import { effectsOf, removalNotConfirmed, type DomainEffects } from './domain-effects';
import { firstCheckAt } from './domain-life';
import { parseDomainName } from './domain-name';
import type { DomainProofs, ProofReading } from './domain-proof';
import type { DomainStore } from './domain-store';

/** A tenant's claims to e-mail domains, and their proof. */
export class Domains {
  constructor(
    private readonly store: DomainStore,
    private readonly proofs: DomainProofs,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** Throws `domain_invalid`, `domain_public`, `domain_claimed` or `conflict`. */
  async add(tenantId: TenantId, text: string, actor: Actor): Promise<Domain> {
    const name = parseDomainName(text);
    const owner = await this.store.verifiedAnywhere(name);
    if (owner !== undefined && owner !== tenantId) throw claimed(name);
    const createdAt = this.clock.now();
    const id = domainId.create(createdAt, this.chance);
    const domain = { id, tenantId, name, ...newToken(createdAt, this.chance), createdAt };
    const because = this.because('domain.added', tenantId, id, actor);
    if ((await this.store.add(tenantId, domain, { ...because, after: { name } })) === 'added') return domain;
    throw new SsoError('conflict', 'This domain is in your list already.', { got: name });
  }

  list(tenantId: TenantId): Promise<Domain[]> {
    return this.store.list(tenantId);
  }

  async get(tenantId: TenantId, id: DomainId): Promise<Domain> {
    const domain = await this.store.find(tenantId, id);
    if (domain) return domain;
    throw new SsoError('not_found', 'This tenant has no such domain.', { got: id });
  }

  /** Looks for the proof now. Throws a code that says what was found instead (DOM-7). */
  async verify(tenantId: TenantId, id: DomainId, actor: Actor, wanted?: ProofKind): Promise<Domain> {
    const domain = await this.get(tenantId, id);
    this.refuseExpiredToken(domain);
    const by = wanted ?? domain.provedBy ?? 'dns-txt';
    const reading = await this.proofs.of(by).check(domain.name, provingTokens(domain));
    if (reading.outcome !== 'found') return this.refuse(domain, by, reading, actor);
    if (!isAsBefore(domain, by, reading.token)) await this.accept(domain, by, reading, actor);
    return this.get(tenantId, id);
  }

  /** Gives a claim a new value to publish; the one that proved it goes on to do so until the new one is found (DOM-3). */
  async renewToken(tenantId: TenantId, id: DomainId, actor: Actor): Promise<Domain> {
    await this.get(tenantId, id);
    const { token, tokenExpiresAt } = newToken(this.clock.now(), this.chance);
    const because = this.because('domain.token_renewed', tenantId, id, actor);
    await this.store.renewToken(tenantId, id, token, tokenExpiresAt, because);
    return this.get(tenantId, id);
  }

  /** What its removal, or its lapse, would change (DOM-9). */
  async effects(tenantId: TenantId, id: DomainId): Promise<DomainEffects> {
    const domain = await this.get(tenantId, id);
    return effectsOf(domain, await this.store.facts(tenantId, domain.name));
  }

  /** Throws `domain_removal_not_confirmed`, unless `confirmed` is the number of people with addresses in it. */
  async remove(tenantId: TenantId, id: DomainId, confirmed: number | undefined, actor: Actor): Promise<void> {
    const { name } = await this.get(tenantId, id);
    const because = this.because('domain.removed', tenantId, id, actor);
    const outcome = await this.store.remove(tenantId, id, confirmed ?? 0, { ...because, before: { name } });
    if (outcome.kind === 'in-use') throw removalNotConfirmed(outcome.members, confirmed);
  }

  private async refuse(
    { tenantId, id }: Domain,
    by: ProofKind,
    reading: Exclude<ProofReading, { outcome: 'found' }>,
    actor: Actor,
  ): Promise<never> {
    const check = describeCheck(reading, by, this.clock.now());
    const { outcome, found, code } = check;
    const because = this.because('domain.check_failed', tenantId, id, actor);
    await this.store.noteCheck(tenantId, id, check, { ...because, data: { by, outcome, found, code } });
    throw reading.refusal;
  }

  private async accept(
    domain: Domain,
    by: ProofKind,
    reading: Extract<ProofReading, { outcome: 'found' }>,
    actor: Actor,
  ): Promise<void> {
    const now = this.clock.now();
    const { tenantId, id, name } = domain;
    const check = describeCheck(reading, by, now);
    const nextCheckAt = firstCheckAt(now, chanceBetweenZeroAndOne(this.chance));
    const isBack = domain.lapsedAt ?? domain.missing?.warnedAt;
    const because = this.because(isBack ? 'domain.recovered' : 'domain.verified', tenantId, id, actor);
    const proven = { check, by, token: reading.token, nextCheckAt };
    const outcome = await this.store.markVerified(tenantId, id, proven, { ...because, after: { name, by } });
    if (outcome === 'claimed') throw claimed(name);
  }

  private refuseExpiredToken({ acceptedToken, tokenExpiresAt }: Domain): void {
    if (acceptedToken !== undefined || tokenExpiresAt > this.clock.now()) return;
    throw new SsoError(
      'domain_token_expired',
      'This value expired unused. Ask for a new one and publish that.',
      {
        want: 'a value less than 14 days old',
        got: tokenExpiresAt,
      },
    );
  }

  private because(type: HappeningType, tenantId: TenantId, subject: string, actor: Actor) {
    return { type, tenantId, at: this.clock.now(), actor, subject };
  }
}

/** A value to publish, and until when it proves a claim that was never proved. */
export function newToken(now: Date, chance: Chance): Pick<Domain, 'token' | 'tokenExpiresAt'> {
  return { token: createToken(chance), tokenExpiresAt: new Date(now.getTime() + tokenLifetimeMs) };
}

/** Whoever checks a domain that is proved to be proved has changed nothing. */
function isAsBefore({ verifiedAt, missing, ...domain }: Domain, by: ProofKind, token: string): boolean {
  return Boolean(verifiedAt) && !missing && domain.provedBy === by && domain.acceptedToken === token;
}

function claimed(name: string): SsoError {
  return new SsoError('domain_claimed', 'This domain has already been claimed.', { got: name });
}
