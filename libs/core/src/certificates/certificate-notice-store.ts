import type { Happening } from '../audit/happening';
import type { CertificateExpiredMessage, CertificateExpiringMessage } from '../mail/mail-message';
import type { ConnectionId, TenantId } from '../shared/ids';
import type { NoticeThreshold } from './certificate-notice';

/** A connection whose certificates are to be looked at. */
export interface DueConnection {
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
}

/** One notice to all owners about one certificate. */
export interface CertificateNotice {
  readonly connectionId: ConnectionId;
  /** Of the connection as it was judged by. */
  readonly revision: number;
  readonly fingerprint: string;
  readonly threshold: NoticeThreshold;
  readonly letter: CertificateExpiringMessage | CertificateExpiredMessage;
  readonly because: Happening;
}

/** Which notices were sent, and when which connection is looked at next. */
export abstract class CertificateNoticeStore {
  /** Crosses tenants: those that are due, put off until `leaseUntil` in case this worker does not come back. */
  abstract claimAnywhere(limit: number, now: Date, leaseUntil: Date): Promise<readonly DueConnection[]>;
  /**
   * The notice, its event and a letter to every owner, once for each certificate and threshold. `known`: this one, or a
   * more urgent one, was sent before. `stale`: the connection was changed since.
   */
  abstract tell(tenantId: TenantId, notice: CertificateNotice): Promise<'told' | 'known' | 'stale'>;
  abstract checkAgainAt(tenantId: TenantId, id: ConnectionId, at: Date): Promise<void>;
}
