import type { ApiToken, ApiTokenView } from '../api-tokens/api-token';
import { ApiTokenStore, type ListedToken } from '../api-tokens/api-token-store';
import type { Happening } from '../audit/happening';
import type { ApiTokenId, MemberId, TenantId } from '../shared/ids';

/** Tokens in memory, of one tenant and its members; counts how often a use was noted. */
export class FakeApiTokenStore extends ApiTokenStore {
  readonly hashes = new Map<string, ApiToken>();
  readonly happenings: Happening[] = [];
  readonly uses: Date[] = [];

  constructor(private readonly around: Omit<ApiTokenView, 'token'>) {
    super();
  }

  async add(_: TenantId, token: ApiToken, hash: string, most: number, because: Happening) {
    if (token.memberId !== this.around.member.id) return 'no-member' as const;
    if (this.hashes.size >= most) return 'too-many' as const;
    this.hashes.set(hash, token);
    this.happenings.push(because);
    return 'added' as const;
  }

  async list(_: TenantId, whose: MemberId | undefined): Promise<ListedToken[]> {
    const all = [...this.hashes.values()].map((token) => ({ token }));
    return all.filter(({ token }) => whose === undefined || token.memberId === whose);
  }

  async find(tenantId: TenantId, id: ApiTokenId): Promise<ListedToken | undefined> {
    return (await this.list(tenantId, undefined)).find(({ token }) => token.id === id);
  }

  async revoke(tenantId: TenantId, id: ApiTokenId, because: Happening) {
    for (const [hash, token] of this.hashes)
      if (token.id === id) this.hashes.set(hash, { ...token, revokedAt: because.at });
    this.happenings.push(because);
    return (await this.find(tenantId, id)) ? ('revoked' as const) : ('absent' as const);
  }

  async findByHashAnywhere(hash: string): Promise<ApiTokenView | undefined> {
    const token = this.hashes.get(hash);
    return token && { token, ...this.around };
  }

  async noteUse(_: TenantId, id: ApiTokenId, at: Date): Promise<void> {
    this.uses.push(at);
    for (const [hash, token] of this.hashes)
      if (token.id === id) this.hashes.set(hash, { ...token, lastUsedAt: at });
  }
}
