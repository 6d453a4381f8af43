import type { Page } from '../audit/audit-log';
import type { Happening } from '../audit/happening';
import type { ApiTokenId, MemberId, TenantId } from '../shared/ids';
import type { ApiToken, ApiTokenView } from './api-token';

/** A token in a list, with the address of the member it belongs to; a member who is gone has none. */
export interface ListedToken {
  readonly token: ApiToken;
  readonly email?: string;
}

export abstract class ApiTokenStore {
  /** `too-many`: the member has `most` tokens that work, also when two calls race. */
  abstract add(
    tenantId: TenantId,
    token: ApiToken,
    hash: string,
    most: number,
    because: Happening,
  ): Promise<'added' | 'no-member' | 'too-many'>;
  /** Newest first; `whose` leaves out those of other members. */
  abstract list(tenantId: TenantId, whose: MemberId | undefined, page: Page): Promise<ListedToken[]>;
  abstract find(tenantId: TenantId, id: ApiTokenId): Promise<ListedToken | undefined>;
  abstract revoke(
    tenantId: TenantId,
    id: ApiTokenId,
    because: Happening,
  ): Promise<'revoked' | 'revoked-before' | 'absent'>;
  /** Crosses tenants, since a secret names none; nothing where the member or the tenant is gone. */
  abstract findByHashAnywhere(hash: string): Promise<ApiTokenView | undefined>;
  /** Writes nothing where a use within the minute before is known. */
  abstract noteUse(tenantId: TenantId, id: ApiTokenId, at: Date): Promise<void>;
}
