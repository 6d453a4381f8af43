import type { Actor, HappeningType } from '../audit/happening';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import type { DnsResolver } from '../shared/dns-resolver';
import { domainId, type DomainId, type TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { createToken } from '../shared/token';
import { domainProof, tokenLifetimeMs, type Domain } from './domain';
import { parseDomainName } from './domain-name';
import type { DomainStore } from './domain-store';
import { readProof } from './read-proof';

/** A tenant's claims to e-mail domains, and their proof by DNS. */
export class Domains {
  constructor(
    private readonly store: DomainStore,
    private readonly dns: DnsResolver,
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
    const domain = { id, tenantId, name, ...this.newToken(), createdAt };
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

  /** Looks the proof up now. Throws a code that says what stood in DNS instead (DOM-7). */
  async verify(tenantId: TenantId, id: DomainId, actor: Actor): Promise<Domain> {
    const domain = await this.get(tenantId, id);
    if (domain.verifiedAt) return domain;
    this.refuseExpiredToken(domain);
    const proof = domainProof(domain);
    const answers = await Promise.all([this.dns.txt(proof.name), this.dns.txt(domain.name)]);
    const { refusal, ...reading } = readProof(proof, ...answers);
    const check = { at: this.clock.now(), ...reading };
    if (refusal) {
      const because = this.because('domain.check_failed', tenantId, id, actor);
      await this.store.noteCheck(tenantId, id, check, {
        ...because,
        data: { ...reading, code: refusal.code },
      });
      throw refusal;
    }
    const because = this.because('domain.verified', tenantId, id, actor);
    const outcome = await this.store.markVerified(tenantId, id, check, {
      ...because,
      after: { name: domain.name },
    });
    if (outcome === 'claimed') throw claimed(domain.name);
    return this.get(tenantId, id);
  }

  /** Gives a claim that is not verified a new value to publish, valid for 14 days. */
  async renewToken(tenantId: TenantId, id: DomainId): Promise<Domain> {
    await this.get(tenantId, id);
    const { token, tokenExpiresAt } = this.newToken();
    await this.store.renewToken(tenantId, id, token, tokenExpiresAt);
    return this.get(tenantId, id);
  }

  async remove(tenantId: TenantId, id: DomainId, actor: Actor): Promise<void> {
    const { name } = await this.get(tenantId, id);
    const because = this.because('domain.removed', tenantId, id, actor);
    await this.store.remove(tenantId, id, { ...because, before: { name } });
  }

  private newToken() {
    const tokenExpiresAt = new Date(this.clock.now().getTime() + tokenLifetimeMs);
    return { token: createToken(this.chance), tokenExpiresAt };
  }

  private refuseExpiredToken(domain: Domain): void {
    if (domain.tokenExpiresAt > this.clock.now()) return;
    throw new SsoError(
      'domain_token_expired',
      'This value expired unused. Ask for a new one and publish that.',
      {
        want: 'a value less than 14 days old',
        got: domain.tokenExpiresAt,
      },
    );
  }

  private because(type: HappeningType, tenantId: TenantId, subject: string, actor: Actor) {
    return { type, tenantId, at: this.clock.now(), actor, subject };
  }
}

function claimed(name: string): SsoError {
  return new SsoError('domain_claimed', 'This domain has already been claimed.', { got: name });
}
