import type { AuditId, TenantId } from '../shared/ids';
import type { Happening } from './happening';

export interface AuditEntry extends Happening {
  readonly id: AuditId;
}

/** A slice of a list: entries after the ID `after`, at most `limit` of them. */
export interface Page {
  readonly after?: string;
  readonly limit: number;
}

/** The append-only record of a tenant. */
export abstract class AuditLog {
  /** For facts that change nothing else, such as a refused sign-in; also announced in the outbox. */
  abstract record(happening: Happening): Promise<void>;
  /** Newest first. */
  abstract list(tenantId: TenantId, page: Page): Promise<AuditEntry[]>;
}
