import type { Page } from '../audit/audit-log';
import type { Actor, Happening } from '../audit/happening';
import type { Connection } from '../connections/connection';
import type { ConnectionStore } from '../connections/connection-store';
import { refuseDraft, requireConnection } from '../connections/connections';
import type { DomainStore } from '../domains/domain-store';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { moveId, type ConnectionId, type MemberId, type MoveId, type TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { blockOf, type Block } from './follow-move';
import type { MappingEntry } from './mapping';
import { moveEnd, type Move, type MovingPerson } from './move';
import { listMembers } from './move-list';
import { noSuchMove, notConfirmed, notOpen, refuseNotEnabled, refuseSameConnection } from './move-refusals';
import type { CancelOutcome, FinishOutcome, MoveCounts, MoveStore } from './move-store';
import { previewMove, type MovePreview } from './preview-move';

/** Whom a move should take along, and how they are recognised. */
export interface WantedMove {
  readonly from: ConnectionId;
  readonly mapping: readonly MappingEntry[];
  /** Owners and admins follow only if they are named here. */
  readonly administrators: readonly MemberId[];
}

export interface Approval {
  /** The number of members who follow, as the preview said. */
  readonly confirm: number;
  readonly days: number;
}

export interface TargetPreview extends MovePreview {
  /** JIT is on at the target: who comes by an e-mail that nobody here has becomes a new member, not the one of before. */
  readonly admitsNewcomers: boolean;
}

/** A member of the list, and what keeps a pending one from following just now. */
export interface MovingProgress extends MovingPerson {
  readonly block?: Block;
}

/** Moving members from one identity provider to another: previewed, approved, followed, ended (CON-10). */
export class Moves {
  constructor(
    private readonly store: MoveStore,
    private readonly connections: ConnectionStore,
    private readonly domains: DomainStore,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** Throws `not_found` unless both connections are this tenant's. */
  async preview(tenantId: TenantId, to: ConnectionId, wanted: WantedMove): Promise<TargetPreview> {
    const target = await this.target(tenantId, to, wanted.from);
    return { ...(await this.foresee(target, wanted)), admitsNewcomers: target.settings.jit };
  }

  /** Throws `move_not_confirmed` with the fresh number, `conflict` where a move is open already. */
  async approve(
    tenantId: TenantId,
    to: ConnectionId,
    wanted: WantedMove & Approval,
    actor: Actor,
  ): Promise<Move> {
    const target = await this.target(tenantId, to, wanted.from);
    const preview = await this.foresee(target, wanted);
    if (preview.follows !== wanted.confirm)
      throw notConfirmed('members who follow', preview.follows, wanted.confirm);
    const move = this.describe(target, wanted, actor);
    const members = listMembers(move, preview, wanted.administrators);
    const { from, days } = wanted;
    const data = { to, from, days, ...preview.counts, administrators: wanted.administrators };
    const because = this.because('move.approved', move, actor, data);
    if ((await this.store.open(tenantId, move, members, because)) === 'opened') return move;
    throw new SsoError('conflict', 'Another move to this connection is open. Finish or cancel it first.');
  }

  async get(tenantId: TenantId, to: ConnectionId, id: MoveId): Promise<Move> {
    const move = await this.store.find(tenantId, to, id);
    if (move) return move;
    throw noSuchMove(id);
  }

  async list(tenantId: TenantId, to: ConnectionId): Promise<readonly Move[]> {
    requireConnection(await this.connections.find(tenantId, to), to);
    return this.store.list(tenantId, to);
  }

  count({ tenantId, id }: Move): Promise<MoveCounts> {
    return this.store.count(tenantId, id);
  }

  async progress({ tenantId, id }: Move, page: Page): Promise<readonly MovingProgress[]> {
    const [members, verified] = await Promise.all([
      this.store.members(tenantId, id, page),
      this.verifiedDomains(tenantId),
    ]);
    return members.map((each) => withBlock(each, verified));
  }

  /** Takes the old links of those who followed. Throws `move_not_confirmed` with the number of those who have not. */
  async finish(
    tenantId: TenantId,
    to: ConnectionId,
    id: MoveId,
    confirmed: number,
    actor: Actor,
  ): Promise<Extract<FinishOutcome, { kind: 'finished' }>> {
    const move = await this.get(tenantId, to, id);
    refuseNotEnabled(await this.connections.find(tenantId, to), 'the connection that people moved to');
    const because = this.because('move.finished', move, actor, { to, from: move.fromConnectionId });
    const outcome = await this.store.finish(tenantId, move, confirmed, because);
    if (outcome.kind === 'finished') return outcome;
    if (outcome.kind === 'not-open') throw notOpen(id);
    throw notConfirmed('members who have not followed yet', outcome.pending, confirmed);
  }

  /** Nobody follows any more. With `undo`, those who did go back to their old link alone. */
  async cancel(
    tenantId: TenantId,
    to: ConnectionId,
    id: MoveId,
    undo: boolean,
    actor: Actor,
  ): Promise<Extract<CancelOutcome, { kind: 'cancelled' }>> {
    const move = await this.get(tenantId, to, id);
    const from = move.fromConnectionId;
    if (undo) refuseNotEnabled(await this.connections.find(tenantId, from), 'the old connection');
    const because = this.because('move.cancelled', move, actor, { to, from, undo });
    const outcome = await this.store.cancel(tenantId, move, undo, because);
    if (outcome.kind === 'cancelled') return outcome;
    throw notOpen(id);
  }

  private async target(tenantId: TenantId, to: ConnectionId, from: ConnectionId) {
    const target = requireConnection(await this.connections.find(tenantId, to), to);
    requireConnection(await this.connections.find(tenantId, from), from);
    refuseSameConnection(from, to);
    refuseDraft(target);
    return target;
  }

  private async foresee(
    { tenantId, id, idp }: Connection & { idp: { entityId: string } },
    { from, mapping, administrators }: WantedMove,
  ): Promise<MovePreview> {
    const subjects = mapping.map(({ subject }) => subject);
    const [candidates, verifiedDomains, takenSubjects] = await Promise.all([
      this.store.candidates(tenantId, from, id),
      this.verifiedDomains(tenantId),
      this.store.takenSubjects(tenantId, id, idp.entityId, subjects),
    ]);
    const facts = { candidates, verifiedDomains, mapping, takenSubjects };
    return previewMove({ ...facts, administrators: new Set(administrators) });
  }

  private async verifiedDomains(tenantId: TenantId): Promise<ReadonlySet<string>> {
    const domains = await this.domains.list(tenantId);
    return new Set(domains.filter(({ verifiedAt }) => verifiedAt !== undefined).map(({ name }) => name));
  }

  private describe(
    target: Connection & { idp: { entityId: string } },
    { from, days }: WantedMove & Approval,
    approvedBy: Actor,
  ): Move {
    const approvedAt = this.clock.now();
    return {
      id: moveId.create(approvedAt, this.chance),
      tenantId: target.tenantId,
      toConnectionId: target.id,
      fromConnectionId: from,
      issuer: target.idp.entityId,
      state: 'open',
      approvedBy,
      approvedAt,
      expiresAt: moveEnd(approvedAt, days),
    };
  }

  private because(
    type: 'move.approved' | 'move.finished' | 'move.cancelled',
    { id, tenantId }: Move,
    actor: Actor,
    data: Record<string, unknown>,
  ): Happening {
    return { type, tenantId, at: this.clock.now(), actor, subject: id, data };
  }
}

function withBlock(moving: MovingPerson, verified: ReadonlySet<string>): MovingProgress {
  if (moving.row.state !== 'pending') return moving;
  const suspended = moving.person.member.suspendedAt ? 'suspended' : undefined;
  const block = blockOf(moving, verified) ?? suspended;
  return { ...moving, ...(block && { block }) };
}
