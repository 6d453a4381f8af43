import type { LinkRequestId, TenantId } from '../shared/ids';
import type { LinkRequest } from './link-request';
import type { NewLink } from './new-link';

/** `gone`: used, revoked or expired by now, or its member or connection is not what it was. `taken`: the identity is somebody else's. */
export type UseOutcome = 'linked' | 'gone' | 'taken';

export abstract class LinkRequestStore {
  /** Crosses tenants: a link names none. */
  abstract findByTokenAnywhere(tokenHash: string): Promise<LinkRequest | undefined>;
  abstract find(tenantId: TenantId, id: LinkRequestId): Promise<LinkRequest | undefined>;
  /** Remembers the first time that an open one was opened; of any other nothing changes. */
  abstract opened(tenantId: TenantId, id: LinkRequestId, now: Date): Promise<void>;
  /**
   * Uses the request up and writes the link, together or not at all; of parallel tries one succeeds. It must be open, its
   * member neither removed nor suspended, its connection enabled and with the identity provider of when it was asked,
   * which is also the issuer of the link.
   */
  abstract use(tenantId: TenantId, id: LinkRequestId, linking: NewLink): Promise<UseOutcome>;
}
