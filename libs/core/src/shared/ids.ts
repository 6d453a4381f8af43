import type { Chance } from './chance';
import { SsoError } from './sso-error';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** One kind of identifier: `prefix_` and 26 Crockford base-32 digits, 48 bits of milliseconds and 80 of chance. */
export interface IdKind<P extends string> {
  readonly prefix: P;
  is(value: unknown): value is `${P}_${string}`;
  /** Throws `id_malformed`. */
  parse(value: unknown): `${P}_${string}`;
  /** Sorts by time of creation, to the millisecond. */
  create(now: Date, chance: Chance): `${P}_${string}`;
}

function idKind<P extends string>(prefix: P): IdKind<P> {
  const pattern = new RegExp(`^${prefix}_[${alphabet}]{26}$`);
  const is = (value: unknown): value is `${P}_${string}` => typeof value === 'string' && pattern.test(value);
  return {
    prefix,
    is,
    parse(value) {
      if (is(value)) return value;
      throw new SsoError('id_malformed', `This is not an identifier that begins with "${prefix}_".`, {
        want: `${prefix}_ and 26 characters`,
        got: typeof value === 'string' ? value.slice(0, 64) : typeof value,
      });
    },
    create: (now, chance) =>
      `${prefix}_${digits(BigInt(now.getTime()), 10)}${digits(number(chance.bytes(10)), 16)}`,
  };
}

function number(octets: Uint8Array): bigint {
  return octets.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
}

function digits(value: bigint, count: number): string {
  let text = '';
  for (let rest = value; text.length < count; rest >>= 5n) text = alphabet.charAt(Number(rest & 31n)) + text;
  return text;
}

export const tenantId = idKind('ten');
export const userId = idKind('user');
export const memberId = idKind('mem');
export const domainId = idKind('dom');
export const connectionId = idKind('conn');
export const linkId = idKind('link');
export const moveId = idKind('move');
export const flowId = idKind('flow');
export const arrivalId = idKind('arr');
export const logoutId = idKind('lgo');
export const sessionId = idKind('ses');
export const applicationId = idKind('app');
export const samlKeyId = idKind('skey');
export const auditId = idKind('aud');
export const eventId = idKind('evt');
export const traceId = idKind('trc');
export const apiTokenId = idKind('tok');
export const mailId = idKind('mail');
export const invitationId = idKind('inv');
export const taskId = idKind('task');
export const linkRequestId = idKind('lreq');
export const pendingLinkId = idKind('plnk');
export const directoryId = idKind('dir');
export const directoryTokenId = idKind('dtok');
export const directoryPersonId = idKind('dusr');
export const directoryGroupId = idKind('dgrp');
export const roleMappingId = idKind('dmap');
export const removalHoldId = idKind('dhld');
export const directoryRequestId = idKind('dreq');

export type TenantId = `ten_${string}`;
export type UserId = `user_${string}`;
export type MemberId = `mem_${string}`;
export type DomainId = `dom_${string}`;
export type ConnectionId = `conn_${string}`;
export type LinkId = `link_${string}`;
export type MoveId = `move_${string}`;
export type FlowId = `flow_${string}`;
export type ArrivalId = `arr_${string}`;
export type LogoutId = `lgo_${string}`;
export type SessionId = `ses_${string}`;
export type ApplicationId = `app_${string}`;
export type SamlKeyId = `skey_${string}`;
export type AuditId = `aud_${string}`;
export type EventId = `evt_${string}`;
export type TraceId = `trc_${string}`;
export type MailId = `mail_${string}`;
export type InvitationId = `inv_${string}`;
export type ApiTokenId = `tok_${string}`;
export type TaskId = `task_${string}`;
export type LinkRequestId = `lreq_${string}`;
export type PendingLinkId = `plnk_${string}`;
export type DirectoryId = `dir_${string}`;
export type DirectoryTokenId = `dtok_${string}`;
export type DirectoryPersonId = `dusr_${string}`;
export type DirectoryGroupId = `dgrp_${string}`;
export type RoleMappingId = `dmap_${string}`;
export type RemovalHoldId = `dhld_${string}`;
export type DirectoryRequestId = `dreq_${string}`;
