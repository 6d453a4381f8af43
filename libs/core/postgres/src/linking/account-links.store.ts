import {
  AccountLinks,
  type Chance,
  type ConnectionId,
  type Happening,
  type KeyRing,
  type LinkOutcome,
  type NewLink,
  type SeenMember,
  type TenantId,
  type UnlinkOutcome,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { announceEnded } from '../sessions/announce-ended';
import { inTenant } from '../transaction';
import { linkAccount, type Recording } from './link-account';
import { endSsoSessions, forgetWhatLinks, holdMember, takeLinks } from './unlink-account';

export class PostgresAccountLinks extends AccountLinks {
  private readonly recording: Recording;

  constructor(
    private readonly database: DataSource,
    keyRing: KeyRing,
    private readonly chance: Chance,
  ) {
    super();
    this.recording = { keyRing, chance };
  }

  link(tenantId: TenantId, linking: NewLink): Promise<LinkOutcome> {
    return inTenant(
      this.database,
      tenantId,
      (transaction) => linkAccount(transaction, linking, this.recording),
      (outcome) => outcome === 'linked',
    );
  }

  unlink(
    tenantId: TenantId,
    seen: SeenMember,
    connectionId: ConnectionId | undefined,
    because: Happening,
  ): Promise<UnlinkOutcome> {
    return inTenant<UnlinkOutcome>(this.database, tenantId, async (transaction) => {
      const member = await holdMember(transaction, seen.id);
      if (!member) return { kind: 'absent' };
      if (member.role !== seen.role) return { kind: 'meanwhile' };
      const taken = { member, connectionId, at: because.at };
      const links = await takeLinks(transaction, taken);
      if (links === 0) return { kind: 'not-linked' };
      await forgetWhatLinks(transaction, taken);
      const ended = await endSsoSessions(transaction, taken);
      const counted = { links, sessionsEnded: ended.length };
      await transaction.note({ ...because, data: { ...because.data, ...counted } }, this.chance);
      await announceEnded(transaction, ended, because, { reason: because.type }, this.chance);
      return { kind: 'unlinked', ...counted };
    });
  }
}
