import type { Connection } from '../connections/connection';
import type { Census } from '../enforcement/census';
import { PolicyFacts, type Asking } from '../enforcement/enforcement-store';
import type { Role } from '../members/member';
import type { SessionId } from '../shared/ids';
import { startingPolicy, type SignInPolicy } from '../tenants/sign-in-policy';
import type { Tenant } from '../tenants/tenant';

/** What a test says of a tenant; everything else is as in one that has just been made. */
export interface SaidFacts {
  readonly policy?: Partial<SignInPolicy>;
  readonly ssoEntitled?: boolean;
  readonly onSso?: number;
  readonly connections?: readonly Connection[];
  /** Who has shown that the way in for emergencies works. */
  readonly proven?: readonly Role[];
  readonly asking?: Readonly<Record<string, Asking>>;
  readonly census?: Partial<Census>;
}

export class FakePolicyFacts extends PolicyFacts {
  readonly tenant: Tenant;

  constructor(private readonly said: SaidFacts = {}) {
    super();
    this.tenant = {
      ...{ id: 'ten_1', slug: 'acme', name: 'Acme', associateByEmail: false },
      policy: { ...startingPolicy, ...said.policy },
      ssoEntitled: said.ssoEntitled ?? true,
      createdAt: new Date('2026-01-01T00:00:00Z'),
    };
  }

  async census(at: Date): Promise<Census> {
    return { at, fingerprint: 'members', classes: [], ...this.said.census };
  }

  async countOnSso(): Promise<number> {
    return this.said.onSso ?? 0;
  }

  async enabledConnections(): Promise<readonly Connection[]> {
    return this.said.connections ?? [];
  }

  async countProven(roles: readonly Role[]): Promise<number> {
    return (this.said.proven ?? []).filter((role) => roles.includes(role)).length;
  }

  async countApiTokens(): Promise<number> {
    return 0;
  }

  async asking(session: SessionId): Promise<Asking | undefined> {
    return this.said.asking?.[session];
  }
}
