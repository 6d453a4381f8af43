import { createTokenSecret } from '../api-tokens/token-secret';
import type { Actor, Happening } from '../audit/happening';
import { mayGrant, type Authority } from '../members/authority';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { directoryTokenId, type DirectoryId, type DirectoryTokenId, type TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { hashToken } from '../shared/token';
import { noSuchDirectory } from './directories';
import type { DirectoryToken } from './directory';
import type { DirectoryTokenStore, Replacement } from './directory-token-store';
import type { RoleMappingStore } from './role-mapping-store';

/** A token lives for a year unless told otherwise, and for two at most (SCM-5). */
export const usualTokenDays = 365;
export const longestTokenDays = 730;
/** How long the token before goes on beside the one that replaces it. */
export const usualOverlapDays = 7;
export const longestOverlapDays = 30;

const mostPerDirectory = 10;
const dayMs = 24 * 60 * 60 * 1000;

export type DirectoryTokenState = 'active' | 'expired' | 'revoked';

export function directoryTokenState(
  { revokedAt, expiresAt }: Pick<DirectoryToken, 'revokedAt' | 'expiresAt'>,
  now: Date,
): DirectoryTokenState {
  if (revokedAt) return 'revoked';
  return expiresAt <= now ? 'expired' : 'active';
}

export interface WantedDirectoryToken {
  readonly name: string;
  readonly expiresInDays?: number | undefined;
  /** The token that the client has now: it goes on for `overlapDays` more. */
  readonly replaces?: DirectoryTokenId | undefined;
  readonly overlapDays?: number | undefined;
}

/** The keys of a tenant's directories: several at once, so that one can take the other's place without a gap (SCM-5). */
export class DirectoryTokens {
  constructor(
    private readonly store: DirectoryTokenStore,
    private readonly mappings: RoleMappingStore,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** The secret is in no other answer. Throws `not_found`, `conflict` or `role_not_grantable`. */
  async create(
    tenantId: TenantId,
    directoryId: DirectoryId,
    wanted: WantedDirectoryToken,
    by: Authority,
  ): Promise<{ readonly token: DirectoryToken; readonly secret: string }> {
    await this.requirePower(tenantId, directoryId, by);
    const { actor } = by;
    const secret = createTokenSecret(this.chance, 'scim_');
    const token = this.describe(tenantId, directoryId, wanted, actor);
    const replaces = replacement(wanted, token.createdAt);
    const { name, expiresAt } = token;
    const because = this.because('directory_token.created', token, actor);
    const outcome = await this.store.add(
      token,
      hashToken(secret),
      mostPerDirectory,
      { ...because, after: { name, expiresAt, directoryId, ...(replaces && { replaces }) } },
      replaces,
    );
    if (outcome === 'added') return { token, secret };
    if (outcome === 'no-directory') throw noSuchDirectory(directoryId);
    if (outcome === 'no-token') throw noSuchToken(wanted.replaces);
    throw tooMany();
  }

  list(tenantId: TenantId, directoryId: DirectoryId): Promise<DirectoryToken[]> {
    return this.store.list(tenantId, directoryId);
  }

  /** Works once and for all; a second time changes nothing. Throws `not_found`. */
  async revoke(
    tenantId: TenantId,
    directoryId: DirectoryId,
    id: DirectoryTokenId,
    actor: Actor,
  ): Promise<void> {
    const because = this.because('directory_token.revoked', { tenantId, id }, actor);
    const before = { directoryId };
    const outcome = await this.store.revoke(tenantId, directoryId, id, { ...because, before });
    if (outcome === 'absent') throw noSuchToken(id);
  }

  /** Who holds a token puts anybody into any group: where a group makes owners, that is an owner's to give away (SCM-4). */
  private async requirePower(
    tenantId: TenantId,
    directoryId: DirectoryId,
    { role: by }: Authority,
  ): Promise<void> {
    const mappings = await this.mappings.list(tenantId, directoryId);
    const denied = mappings.find(({ role }) => !mayGrant(by, role));
    if (!denied) return;
    const message = `The group "${denied.groupName}" of this directory makes people ${denied.role}: only an owner makes a token of it. Ask one.`;
    throw new SsoError('role_not_grantable', message, { want: 'an owner', got: by });
  }

  private describe(
    tenantId: TenantId,
    directoryId: DirectoryId,
    { name, expiresInDays = usualTokenDays }: WantedDirectoryToken,
    createdBy: Actor,
  ): DirectoryToken {
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + expiresInDays * dayMs);
    const id = directoryTokenId.create(createdAt, this.chance);
    return { id, tenantId, directoryId, name, createdAt, createdBy, expiresAt };
  }

  private because(
    type: 'directory_token.created' | 'directory_token.revoked',
    { tenantId, id: subject }: Pick<DirectoryToken, 'tenantId' | 'id'>,
    actor: Actor,
  ): Happening {
    return { type, tenantId, at: this.clock.now(), actor, subject };
  }
}

function replacement(
  { replaces: id, overlapDays = usualOverlapDays }: WantedDirectoryToken,
  now: Date,
): Replacement | undefined {
  return id === undefined ? undefined : { id, until: new Date(now.getTime() + overlapDays * dayMs) };
}

function noSuchToken(id: DirectoryTokenId | undefined): SsoError {
  return new SsoError('not_found', 'This directory has no such token that works.', { got: id });
}

function tooMany(): SsoError {
  return new SsoError(
    'conflict',
    `A directory has at most ${mostPerDirectory} tokens that work. Revoke one that is not used any more.`,
  );
}
