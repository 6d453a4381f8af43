import type { Happening } from '../audit/happening';
import type { DirectoryId, DirectoryTokenId, TenantId } from '../shared/ids';
import type { DirectoryToken, DirectoryTokenView } from './directory';

/** Another token goes on for a while, so that the client can be given the new one without a gap. */
export interface Replacement {
  readonly id: DirectoryTokenId;
  /** It ends then, unless it ends before. */
  readonly until: Date;
}

export abstract class DirectoryTokenStore {
  /** `too-many`: the directory has `most` tokens that work, also when two calls race. */
  abstract add(
    token: DirectoryToken,
    hash: string,
    most: number,
    because: Happening,
    replaces?: Replacement,
  ): Promise<'added' | 'no-directory' | 'no-token' | 'too-many'>;
  /** Newest first. */
  abstract list(tenantId: TenantId, directoryId: DirectoryId): Promise<DirectoryToken[]>;
  abstract revoke(
    tenantId: TenantId,
    directoryId: DirectoryId,
    id: DirectoryTokenId,
    because: Happening,
  ): Promise<'revoked' | 'revoked-before' | 'absent'>;
  /** Crosses tenants, since a secret names none. */
  abstract findByHashAnywhere(hash: string): Promise<DirectoryTokenView | undefined>;
  /** Writes nothing where a use within the minute before is known. */
  abstract noteUse(tenantId: TenantId, id: DirectoryTokenId, at: Date): Promise<void>;
}
