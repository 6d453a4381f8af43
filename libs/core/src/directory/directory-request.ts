import type { DirectoryId, DirectoryRequestId, DirectoryTokenId, TenantId } from '../shared/ids';

/** One request of a directory's client, as the IT admin can look at it for 30 days (SCM-7). Holds no token and no password. */
export interface DirectoryRequest {
  readonly id: DirectoryRequestId;
  readonly tenantId: TenantId;
  readonly directoryId: DirectoryId;
  readonly tokenId?: DirectoryTokenId;
  readonly at: Date;
  readonly method: string;
  /** Below the directory's base address, with its query. */
  readonly path: string;
  /** As it came, without passwords; cut where it is longer than is kept, and then not replayed. */
  readonly body?: string;
  readonly bodyCut: boolean;
  readonly ifMatch?: string;
  readonly userAgent?: string;
  readonly status: number;
  readonly scimType?: string;
  readonly detail?: string;
  readonly milliseconds: number;
}

/** How long requests are kept. */
export const requestKeptMs = 30 * 24 * 60 * 60 * 1000;
