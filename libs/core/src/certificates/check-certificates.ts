import type { Connection, IdpCertificate } from '../connections/connection';
import type { ConnectionStore } from '../connections/connection-store';
import type { Clock } from '../shared/clock';
import type { Tenant } from '../tenants/tenant';
import type { TenantStore } from '../tenants/tenant-store';
import { dueNotice, nextCheckAt, type NoticeThreshold } from './certificate-notice';
import type { CertificateNotice, CertificateNoticeStore, DueConnection } from './certificate-notice-store';
import { isReplaced, usesCountedMs, type CertificateUses } from './certificate-use';

const batch = 100;
const leaseMs = 10 * 60 * 1000;

/** Told of a connection that could not be looked at; it comes again when its lease has run out. */
export type CheckFailed = (connection: DueConnection, error: unknown) => void;

/** Tells owners of certificates that end, each threshold once, and nobody of those that were replaced (CRT-2). */
export class CheckCertificates {
  constructor(
    private readonly notices: CertificateNoticeStore,
    private readonly connections: ConnectionStore,
    private readonly tenants: TenantStore,
    private readonly uses: CertificateUses,
    private readonly clock: Clock,
    private readonly failed: CheckFailed,
  ) {}

  /** Answers with how many connections were due. */
  async run(): Promise<number> {
    for (let checked = 0; ;) {
      const now = this.clock.now();
      const due = await this.notices.claimAnywhere(batch, now, new Date(now.getTime() + leaseMs));
      for (const each of due) await this.check(each).catch((error: unknown) => this.failed(each, error));
      checked += due.length;
      if (due.length < batch) return checked;
    }
  }

  private async check({ tenantId, connectionId }: DueConnection): Promise<void> {
    const now = this.clock.now();
    const connection = await this.connections.find(tenantId, connectionId);
    const certificates = connection?.idp?.certificates ?? [];
    if (connection?.enabledAt && !(await this.tellDue(connection, certificates, now))) return;
    await this.notices.checkAgainAt(tenantId, connectionId, nextCheckAt(certificates, now));
  }

  /** False where the connection was changed meanwhile: what was found is not told, and it is looked at again. */
  private async tellDue(
    connection: Connection,
    certificates: readonly IdpCertificate[],
    now: Date,
  ): Promise<boolean> {
    const ending = certificates.filter((each) => dueNotice(each, now) !== undefined);
    if (ending.length === 0) return true;
    const tenant = await this.tenants.find(connection.tenantId);
    if (!tenant || tenant.suspendedAt) return true;
    for (const certificate of await this.notReplaced(connection, ending, certificates, now)) {
      const threshold = dueNotice(certificate, now);
      if (threshold === undefined) continue;
      const notice = noticeOf(tenant, connection, certificate, threshold, now);
      if ((await this.notices.tell(connection.tenantId, notice)) === 'stale') return false;
    }
    return true;
  }

  private async notReplaced(
    { tenantId, id }: Connection,
    ending: readonly IdpCertificate[],
    all: readonly IdpCertificate[],
    now: Date,
  ): Promise<readonly IdpCertificate[]> {
    const fingerprints = all.map(({ fingerprint }) => fingerprint);
    const since = new Date(now.getTime() - usesCountedMs);
    const uses = await this.uses.list(tenantId, id, fingerprints, since);
    return ending.filter((certificate) => !isReplaced(certificate, all, uses, now));
  }
}

function noticeOf(
  { name: organisation }: Tenant,
  { id: connectionId, tenantId, label, revision, settings }: Connection,
  { fingerprint, subject, notAfter }: IdpCertificate,
  threshold: NoticeThreshold,
  at: Date,
): CertificateNotice {
  const named = { organisation, connection: label, subject, fingerprint, notAfter };
  const refuses = settings.expiredCertificates === 'refuse';
  const expired = threshold === 'expired';
  const more = expired ? { refuses } : { days: threshold };
  return {
    ...{ connectionId, revision, fingerprint, threshold },
    letter: expired
      ? { kind: 'certificate-expired', ...named, refuses }
      : { kind: 'certificate-expiring', ...named, days: threshold },
    because: {
      type: expired ? 'certificate.expired' : 'certificate.expiring',
      ...{ tenantId, at, actor: { kind: 'system' }, subject: connectionId },
      data: { connection: label, subject, fingerprint, notAfter, ...more },
    },
  };
}
