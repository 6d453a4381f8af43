import {
  emailKey,
  InvitationStore,
  tenantId as tenantIds,
  type Acceptance,
  type AcceptOutcome,
  type Chance,
  type FirstPassword,
  type FreshLink,
  type Happening,
  type Invitation,
  type InvitationId,
  type InvitationState,
  type KeyRing,
  type Page,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { addressCanSignIn } from '../credentials/can-sign-in';
import { queueMail } from '../mail/queue-mail';
import { inTenant, rowsInTenant, rowsOf, type TenantTransaction } from '../transaction';
import { noteAll } from '../note-all';
import { acceptAs, acceptWithPassword } from './accept-invitation';
import { invitationColumns, readInvitation } from './invitation.row';
import { closeExpired, insertInvitation, replaceLink } from './write-invitation';

const invitations = `SELECT ${invitationColumns} FROM invitations WHERE tenant_id = $1`;

export class PostgresInvitationStore extends InvitationStore {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly chance: Chance,
  ) {
    super();
  }

  add(
    tenantId: TenantId,
    invitation: Invitation,
    link: FreshLink,
    because: Happening,
  ): Promise<'added' | 'another-open' | 'already-member'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      if (await isMember(transaction, invitation.email)) return 'already-member';
      await closeExpired(transaction, invitation);
      if (!(await insertInvitation(transaction, invitation, link))) return 'another-open';
      await queueMail(transaction, link.mail, this.keyRing);
      await transaction.note(because, this.chance);
      return 'added';
    });
  }

  renew(
    tenantId: TenantId,
    invitation: Invitation,
    link: FreshLink,
    because: Happening,
  ): Promise<'renewed' | 'not-open'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      if (!(await replaceLink(transaction, invitation, link))) return 'not-open';
      await queueMail(transaction, link.mail, this.keyRing);
      await transaction.note(because, this.chance);
      return 'renewed';
    });
  }

  revoke(tenantId: TenantId, id: InvitationId, because: Happening): Promise<'revoked' | 'not-open'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const revoked = await transaction.row(
        `UPDATE invitations SET state = 'revoked', ended_at = $3
         WHERE tenant_id = $1 AND id = $2 AND state = 'open' RETURNING id`,
        [tenantId, id, because.at],
      );
      if (!revoked) return 'not-open';
      await transaction.note(because, this.chance);
      return 'revoked';
    });
  }

  async find(tenantId: TenantId, id: InvitationId): Promise<Invitation | undefined> {
    return (await this.#select(tenantId, 'AND id = $2', [id]))[0];
  }

  list(tenantId: TenantId, { after, limit }: Page, state?: InvitationState): Promise<Invitation[]> {
    const wanted = 'AND ($2::text IS NULL OR id < $2) AND ($3::text IS NULL OR state = $3)';
    return this.#select(tenantId, `${wanted} ORDER BY id DESC LIMIT $4`, [
      ...[after ?? null, state ?? null, limit],
    ]);
  }

  async findByTokenAnywhere(tokenHash: string): Promise<Invitation | undefined> {
    const sql = 'SELECT invitation_by_token_anywhere($1) AS tenant_id';
    const [row] = await rowsOf(this.database, sql, [tokenHash]);
    if (row?.optionalText('tenant_id') === undefined) return undefined;
    return (await this.#select(row.id('tenant_id', tenantIds), 'AND token_hash = $2', [tokenHash]))[0];
  }

  async findOpen(tenantId: TenantId, email: string, now: Date): Promise<Invitation | undefined> {
    const wanted = `AND email_key = $2 AND state = 'open' AND expires_at > $3`;
    return (await this.#select(tenantId, wanted, [emailKey(email), now]))[0];
  }

  open(
    tenantId: TenantId,
    id: InvitationId,
    { tokenHash, browserKeyHash }: { readonly tokenHash: string; readonly browserKeyHash: string },
    because: Happening,
  ): Promise<'opened' | 'elsewhere' | 'gone'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const row = await transaction.row(
        `SELECT browser_key_hash FROM invitations WHERE tenant_id = $1 AND id = $2 AND token_hash = $3
           AND state = 'open' AND expires_at > $4 FOR UPDATE`,
        [tenantId, id, tokenHash, because.at],
      );
      if (!row) return 'gone';
      const before = row.optionalText('browser_key_hash');
      if (before !== undefined) return before === browserKeyHash ? 'opened' : 'elsewhere';
      await transaction.rows(
        'UPDATE invitations SET opened_at = $3, browser_key_hash = $4 WHERE tenant_id = $1 AND id = $2',
        [tenantId, id, because.at, browserKeyHash],
      );
      await transaction.note(because, this.chance);
      return 'opened';
    });
  }

  acceptWithPassword(
    tenantId: TenantId,
    acceptance: Acceptance,
    password: FirstPassword,
    because: readonly Happening[],
  ): Promise<AcceptOutcome> {
    const recording = { keyRing: this.keyRing, chance: this.chance };
    const accept = (transaction: TenantTransaction) =>
      acceptWithPassword(transaction, acceptance, password, recording);
    return this.#accept(tenantId, accept, because);
  }

  acceptAs(
    tenantId: TenantId,
    acceptance: Acceptance,
    because: readonly Happening[],
  ): Promise<AcceptOutcome> {
    return this.#accept(tenantId, (transaction) => acceptAs(transaction, acceptance), because);
  }

  async canSignInAnywhere(email: string): Promise<boolean> {
    const rows = await rowsOf(this.database, addressCanSignIn, [emailKey(email)]);
    return rows.some((row) => row.flag('able'));
  }

  /** Of a try that came to nothing, nothing is left. */
  #accept(
    tenantId: TenantId,
    accept: (transaction: TenantTransaction) => Promise<AcceptOutcome>,
    because: readonly Happening[],
  ): Promise<AcceptOutcome> {
    return inTenant(
      this.database,
      tenantId,
      async (transaction) => {
        const outcome = await accept(transaction);
        if (outcome.kind === 'accepted') await noteAll(transaction, because, this.chance);
        return outcome;
      },
      ({ kind }) => kind === 'accepted',
    );
  }

  async #select(tenantId: TenantId, rest: string, values: unknown[]): Promise<Invitation[]> {
    const rows = await rowsInTenant(this.database, tenantId, `${invitations} ${rest}`, [tenantId, ...values]);
    return rows.map(readInvitation);
  }
}

async function isMember(transaction: TenantTransaction, email: string): Promise<boolean> {
  const row = await transaction.row(
    `SELECT m.id FROM members m JOIN users u ON u.id = m.user_id WHERE m.tenant_id = $1 AND u.email_key = $2`,
    [transaction.tenantId, emailKey(email)],
  );
  return row !== undefined;
}
