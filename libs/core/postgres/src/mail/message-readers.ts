import { linkRequestId, type MailKind, type MailMessage, type NamedCertificate } from '@gatehouse/core';
import type { Row } from '../row';

/** Reads what a mail of each kind was to say out of what was sealed. */
export type MessageReaders<K extends MailKind> = {
  readonly [Each in K]: (row: Row) => Extract<MailMessage, { kind: Each }>;
};

export const linkReaders: MessageReaders<
  'link-request' | 'link-code' | 'account-linked' | 'address-collision'
> = {
  'link-request': (row) => ({
    kind: 'link-request',
    requestId: row.id('requestId', linkRequestId),
    ...ofConnection(row),
    ...oneTimeLink(row),
  }),
  'link-code': (row) => ({
    kind: 'link-code',
    ...ofConnection(row),
    ...identity(row),
    code: row.text('code'),
    expiresAt: row.date('expiresAt'),
  }),
  'account-linked': (row) => ({
    kind: 'account-linked',
    ...ofConnection(row),
    ...identity(row),
    at: row.date('at'),
  }),
  'address-collision': (row) => ({
    kind: 'address-collision',
    ...ofConnection(row),
    person: row.text('person'),
    address: row.text('address'),
  }),
};

export const directoryReaders: MessageReaders<'removals-held' | 'directory-token-expiring'> = {
  'directory-token-expiring': (row) => ({
    kind: 'directory-token-expiring',
    organisation: row.text('organisation'),
    directory: row.text('directory'),
    token: row.text('token'),
    days: row.integer('days'),
    expiresAt: row.date('expiresAt'),
  }),
  'removals-held': (row) => {
    const lastOwner = row.optionalText('lastOwner');
    const [organisation, directory] = [row.text('organisation'), row.text('directory')];
    return { kind: 'removals-held', organisation, directory, ...(lastOwner !== undefined && { lastOwner }) };
  },
};

export const domainReaders: MessageReaders<'domain-missing' | 'domain-lapsed' | 'domain-recovered'> = {
  'domain-missing': (row) => ({
    kind: 'domain-missing',
    ...ofDomain(row),
    since: row.date('since'),
    lapsesAt: row.date('lapsesAt'),
    ...touchedMembers(row),
    record: dnsRecord(row),
  }),
  'domain-lapsed': (row) => ({
    kind: 'domain-lapsed',
    ...ofDomain(row),
    ...touchedMembers(row),
    record: dnsRecord(row),
  }),
  'domain-recovered': (row) => ({ kind: 'domain-recovered', ...ofDomain(row) }),
};

export const certificateReaders: MessageReaders<
  'certificate-expiring' | 'certificate-expired' | 'certificate-seen' | 'metadata-refused'
> = {
  'certificate-expiring': (row) => ({
    kind: 'certificate-expiring',
    ...certificate(row),
    days: noticeDays(row.integer('days')),
  }),
  'certificate-expired': (row) => ({
    kind: 'certificate-expired',
    ...certificate(row),
    refuses: row.flag('refuses'),
  }),
  'certificate-seen': (row) => ({ kind: 'certificate-seen', ...certificate(row) }),
  'metadata-refused': (row) => ({
    kind: 'metadata-refused',
    ...ofConnection(row),
    reason: row.text('reason'),
    at: row.date('at'),
  }),
};

export function oneTimeLink(row: Row): { url: string; expiresAt: Date } {
  return { url: row.text('url'), expiresAt: row.date('expiresAt') };
}

function ofConnection(row: Row): { organisation: string; connection: string } {
  return { organisation: row.text('organisation'), connection: row.text('connection') };
}

function ofDomain(row: Row): { organisation: string; domain: string } {
  return { organisation: row.text('organisation'), domain: row.text('domain') };
}

function identity(row: Row): { identity?: string } {
  const named = row.optionalText('identity');
  return named === undefined ? {} : { identity: named };
}

function touchedMembers(row: Row): { members: number; unlinked: number } {
  return { members: row.integer('members'), unlinked: row.integer('unlinked') };
}

function dnsRecord(row: Row): { name: string; value: string } {
  const record = row.object('record');
  return { name: record.text('name'), value: record.text('value') };
}

function certificate(row: Row): NamedCertificate {
  const [subject, fingerprint] = [row.text('subject'), row.text('fingerprint')];
  return { ...ofConnection(row), subject, fingerprint, notAfter: row.date('notAfter') };
}

function noticeDays(days: number): 30 | 14 | 7 {
  if (days === 30 || days === 14 || days === 7) return days;
  throw new Error(`${days} days before is no time of a notice.`);
}
