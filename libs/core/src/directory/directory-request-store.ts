import type { DirectoryId, DirectoryRequestId, TenantId } from '../shared/ids';
import type { DirectoryRequest } from './directory-request';

/** Which requests somebody looks for; what is not named does not matter. */
export interface RequestSearch {
  readonly outcome?: 'answered' | 'refused' | undefined;
  readonly method?: string | undefined;
  readonly status?: number | undefined;
  /** Stands somewhere in the address or the body. */
  readonly text?: string | undefined;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

/** A slice of the log. A search looks at so many requests at a time: `next` leads on, also where none of them was one. */
export interface RequestSlice {
  /** Newest first. */
  readonly requests: readonly DirectoryRequest[];
  readonly next?: DirectoryRequestId;
}

export abstract class DirectoryRequestStore {
  /** Those of one tenant; of a directory that is gone meanwhile, nothing is kept. */
  abstract addAll(tenantId: TenantId, requests: readonly DirectoryRequest[]): Promise<void>;
  abstract list(
    tenantId: TenantId,
    directoryId: DirectoryId,
    search: RequestSearch,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<RequestSlice>;
  abstract find(
    tenantId: TenantId,
    directoryId: DirectoryId,
    id: DirectoryRequestId,
  ): Promise<DirectoryRequest | undefined>;
}
