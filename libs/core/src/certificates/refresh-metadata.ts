import type { Actor } from '../audit/happening';
import type { Connection, IdpCertificate, IdpDescription } from '../connections/connection';
import type { ConnectionStore } from '../connections/connection-store';
import type { ConnectionVersionStore } from '../connections/connection-version-store';
import { refuseDraft, refuseStale, requireConnection } from '../connections/connections';
import { connectionHappening } from '../connections/describe-connection';
import { readKnownVersions } from '../connections/edit-trust';
import type { Chance } from '../shared/chance';
import { clipText } from '../shared/clip';
import type { Clock } from '../shared/clock';
import type { ErrorCode } from '../shared/error-codes';
import type { ConnectionId, TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { TenantStore } from '../tenants/tenant-store';
import { addCertificates } from './change-certificates';
import { judgeMetadata, type MetadataJudgement } from './judge-metadata';
import { certificateSeen, metadataRefused, refusedHappening } from './metadata-news';
import type { MetadataSource } from './metadata-source';
import {
  afterFailure,
  afterReading,
  metadataStateOf,
  type RefreshAttempt,
  type Judged,
  type MetadataState,
} from './metadata-state';
import type { MetadataStore, RecordedRefresh } from './metadata-store';

/** What a refresh came to. */
export interface Refreshed {
  readonly connection: Connection;
  readonly state: MetadataState;
  readonly added: readonly IdpCertificate[];
  /** In the metadata and not trusted here. */
  readonly leftOut: readonly IdpCertificate[];
  /** Why nothing of it was taken over. */
  readonly refusal?: SsoError;
}

/** The connection, with what a refresh needs to know of it. */
interface Refreshing {
  readonly connection: Connection & { readonly idp: IdpDescription };
  readonly actor: Actor;
  readonly attempt: RefreshAttempt;
  /** As it was found. */
  readonly known: MetadataState;
}

/** What says nothing of the metadata itself. */
const transient: ReadonlySet<ErrorCode> = new Set(['metadata_unreachable', 'network_timeout']);

/** Where what came tells one finding from another. */
const ours: ReadonlySet<ErrorCode> = new Set([
  'metadata_other_issuer',
  'metadata_addresses_changed',
  'certificate_not_taken',
]);

/** Pulls the metadata of a connection again, which adds new certificates and changes nothing else (CRT-4). */
export class RefreshMetadata {
  constructor(
    private readonly store: MetadataStore,
    private readonly connections: ConnectionStore,
    private readonly versions: ConnectionVersionStore,
    private readonly tenants: TenantStore,
    private readonly source: MetadataSource,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** What the worker does daily: nothing, where the connection is off, gone or has no metadata address by now. */
  async refreshDue(tenantId: TenantId, id: ConnectionId): Promise<Refreshed | undefined> {
    const connection = await this.connections.find(tenantId, id);
    if (!connection?.enabledAt || !connection.idp || connection.metadataUrl === undefined) return undefined;
    return this.refresh(tenantId, id, { kind: 'system' });
  }

  /** Throws `connection_incomplete` where there is no address, and `conflict` where something else was faster. */
  async refresh(tenantId: TenantId, id: ConnectionId, actor: Actor): Promise<Refreshed> {
    const connection = requireConnection(await this.connections.find(tenantId, id), id);
    refuseDraft(connection);
    const url = requireAddress(connection);
    const known = await this.store.find(tenantId, id);
    const before = metadataStateOf(known, url);
    const judged = await this.judge(connection, url);
    const attempt = { url, now: this.clock.now(), spread: (this.chance.bytes(1)[0] ?? 0) / 255 };
    const refreshing = { connection, actor, attempt, known };
    if (judged instanceof SsoError)
      return { ...(await this.record(refreshing, refused(before, judged, attempt))), refusal: judged };
    const outcome = judged.added.length > 0 ? 'added' : 'unchanged';
    return this.record(refreshing, afterReading(before, outcome, undefined, attempt), judged);
  }

  private async judge(
    connection: Connection & { readonly idp: IdpDescription },
    url: string,
  ): Promise<MetadataJudgement | SsoError> {
    try {
      const read = await this.source.load(url);
      const everTrusted = await this.store.everTrusted(connection.tenantId, connection.id);
      return judgeMetadata(connection, read, everTrusted, this.clock.now());
    } catch (error) {
      if (error instanceof SsoError) return error;
      throw error;
    }
  }

  private async record(
    refreshing: Refreshing,
    judged: Judged,
    { added, leftOut }: MetadataJudgement = { added: [], leftOut: [] },
  ): Promise<Refreshed> {
    const { connection, known: before } = refreshing;
    const { tenantId, id } = connection;
    const news = await this.news(refreshing, judged, added);
    const edit = added.length === 0 ? undefined : await this.withAdded(refreshing, added);
    const refresh = {
      ...{ before, after: judged.state, letters: news.letters, ...(edit && { change: edit }) },
      because: edit ? [edit.because, ...news.because] : news.because,
    };
    refuseStale(await this.store.record(tenantId, id, refresh));
    return { connection: edit?.connection ?? connection, state: judged.state, added, leftOut };
  }

  private async withAdded(
    { connection: before, actor, attempt }: Refreshing,
    added: readonly IdpCertificate[],
  ) {
    const known = await readKnownVersions(this.versions, before);
    const authored = { type: 'certificate.added', author: actor, at: attempt.now } as const;
    const { type, connection, versions } = addCertificates(before, known, added, authored);
    const after = { ...connection, revision: before.revision + 1 };
    const because = connectionHappening(type, before, after, actor, attempt.now, versions);
    return { connection: after, versions, because };
  }

  private async news(
    { connection, actor, attempt: { now } }: Refreshing,
    { state: { finding }, warns }: Judged,
    added: readonly IdpCertificate[],
  ): Promise<Pick<RecordedRefresh, 'because' | 'letters'>> {
    if (added.length === 0 && !warns) return { because: [], letters: [] };
    const organisation = (await this.tenants.find(connection.tenantId))?.name ?? '';
    const warned = warns && finding ? [finding] : [];
    return {
      because: warned.map((each) => refusedHappening(connection, each, actor, now)),
      letters: [
        ...added.map((certificate) => certificateSeen(organisation, connection, certificate)),
        ...warned.map((each) => metadataRefused(organisation, connection, each, now)),
      ],
    };
  }
}

function requireAddress({ metadataUrl }: Connection): string {
  if (metadataUrl !== undefined) return metadataUrl;
  throw new SsoError(
    'connection_incomplete',
    'This connection has no metadata address to load again: give one (metadataUrl), or add certificates by hand.',
    { want: 'a metadata address' },
  );
}

function refused(before: MetadataState, refusal: SsoError, attempt: RefreshAttempt): Judged {
  const { code, message, details } = refusal;
  // What differs at every try is no part of what tells two findings apart.
  const key = ours.has(code) ? clipText(JSON.stringify(details.got)) : '';
  const finding = { code, reason: message, key };
  return transient.has(code)
    ? afterFailure(before, finding, attempt)
    : afterReading(before, 'refused', finding, attempt);
}
