import type { Actor } from '../audit/happening';
import { type Connection, type IdpCertificate } from '../connections/connection';
import type { ConnectionStore } from '../connections/connection-store';
import type { ConnectionVersionStore } from '../connections/connection-version-store';
import { refuseDraft, refuseStale, requireConnection } from '../connections/connections';
import { connectionHappening } from '../connections/describe-connection';
import { readKnownVersions, type Edit } from '../connections/edit-trust';
import type { Clock } from '../shared/clock';
import type { ConnectionId, TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import {
  certificateStanding,
  usesCountedMs,
  type CertificateStanding,
  type CertificateUses,
} from './certificate-use';
import { addCertificates, removeCertificate } from './change-certificates';

/** Each certificate is tried at a sign-in, so few are allowed. */
export const mostCertificates = 10;

/** The certificates that a connection trusts: one or, while its identity provider changes over, several (CRT-3). */
export class Certificates {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly versions: ConnectionVersionStore,
    private readonly uses: CertificateUses,
    private readonly clock: Clock,
  ) {}

  /** How the certificates of a connection stand to one another, in their order. */
  async standings({ tenantId, id, idp }: Connection): Promise<readonly CertificateStanding[]> {
    const certificates = idp?.certificates ?? [];
    if (certificates.length === 0) return [];
    const now = this.clock.now();
    const fingerprints = certificates.map(({ fingerprint }) => fingerprint);
    const since = new Date(now.getTime() - usesCountedMs);
    const uses = await this.uses.list(tenantId, id, fingerprints, since);
    return certificates.map((certificate) => certificateStanding(certificate, certificates, uses, now));
  }

  /** Trusts further ones beside those that are there; the ones that are known already change nothing. */
  async add(
    tenantId: TenantId,
    id: ConnectionId,
    given: readonly IdpCertificate[],
    author: Actor,
  ): Promise<Connection> {
    const before = await this.connection(tenantId, id);
    refuseDraft(before);
    const present = new Set(before.idp.certificates.map(({ fingerprint }) => fingerprint));
    const added = given.filter(({ fingerprint }) => !present.has(fingerprint));
    if (added.length === 0) return before;
    refuseCrowd(present.size + added.length);
    const known = await readKnownVersions(this.versions, before);
    const authored = { type: 'certificate.added', author, at: this.clock.now() } as const;
    return this.save(before, addCertificates(before, known, added, authored), author);
  }

  /** Throws `certificate_last`, or `certificate_in_use` where nothing shows that another one has taken its place. */
  async remove(
    tenantId: TenantId,
    id: ConnectionId,
    fingerprint: string,
    confirmed: boolean,
    author: Actor,
  ): Promise<Connection> {
    const before = await this.connection(tenantId, id);
    const place = (before.idp?.certificates ?? []).findIndex((each) => each.fingerprint === fingerprint);
    const standing = (await this.standings(before))[place];
    if (!standing) throw unknown(fingerprint);
    if (before.idp?.certificates.length === 1) throw last(fingerprint);
    if (before.enabledAt && !standing.removable && !confirmed) throw inUse(fingerprint, standing);
    const known = await readKnownVersions(this.versions, before);
    const authored = { type: 'certificate.removed', author, at: this.clock.now() } as const;
    const edit = removeCertificate(before, known, fingerprint, { ...authored, proven: standing.removable });
    return this.save(before, edit, author);
  }

  private async connection(tenantId: TenantId, id: ConnectionId): Promise<Connection> {
    return requireConnection(await this.connections.find(tenantId, id), id);
  }

  private async save(before: Connection, edit: Edit, actor: Actor): Promise<Connection> {
    const { type, connection, versions } = edit;
    const after = { ...connection, revision: before.revision + 1 };
    const because = connectionHappening(type, before, after, actor, this.clock.now(), versions);
    refuseStale(await this.connections.save(after.tenantId, after, because, versions));
    return after;
  }
}

export function refuseCrowd(got: number): void {
  if (got <= mostCertificates) return;
  throw new SsoError(
    'certificate_invalid',
    'This connection has too many certificates: remove those that its identity provider no longer signs with, then add this one.',
    { want: `at most ${mostCertificates} certificates`, got },
  );
}

function unknown(got: string): SsoError {
  return new SsoError('not_found', 'This connection has no such certificate.', { got });
}

function last(got: string): SsoError {
  return new SsoError(
    'certificate_last',
    'This is the only certificate of the connection: nobody could sign in without it. Add the next one first, or switch the connection off.',
    { want: 'another certificate beside it', got },
  );
}

function inUse(fingerprint: string, { usedBySignIns, lastUsedAt }: CertificateStanding): SsoError {
  return new SsoError(
    'certificate_in_use',
    'Nothing shows that another certificate has taken the place of this one: none that lasts longer has signed anybody in since. Without it, sign-ins may fail. Wait until one has, or confirm that you want to remove it all the same (confirm=true).',
    {
      want: 'a sign-in by another certificate, or confirm=true',
      got: fingerprint,
      usedBySignIns,
      lastUsedAt,
    },
  );
}
