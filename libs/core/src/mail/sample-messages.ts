import type { MailKind, MailMessage } from './mail-message';

type Samples = { readonly [K in MailKind]: readonly Extract<MailMessage, { kind: K }>[] };

const at = new Date('2026-03-01T12:00:00Z');
const soon = new Date('2026-03-04T12:00:00Z');
const later = new Date('2026-03-31T12:00:00Z');
const organisation = 'The Rather Long Name of an Organisation with Many Words Inc.';
const connection = 'Okta of the Head Office';
const directory = 'People of the Head Office';
const person = 'ada.lovelace@acme.example';
const url = `https://login.example/some/page#${'k'.repeat(43)}`;
const requestId = `lreq_${'0'.repeat(26)}` as const;
const record = {
  name: '_gatehouse-challenge.a-rather-long-name-of-a-domain.acme.example',
  value: `gatehouse-verify=${'Fk2lZp90sQw1xYv7TnaB'.repeat(2)}`,
};
const domain = 'a-rather-long-name-of-a-domain.acme.example';
const certificate = {
  ...{ organisation, connection, notAfter: later },
  subject: 'CN=signing.idp.acme.example,O=Acme Identity Services,C=DE',
  fingerprint: Array.from({ length: 32 }, (_, index) => (index * 7 + 16).toString(16).toUpperCase()).join(
    ':',
  ),
};

/** What a mail of each kind says in previews and specs, in each of its forms. */
export const sampleMessages: Samples = {
  invitation: [
    { kind: 'invitation', organisation, inviter: 'Ada Lovelace', url, expiresAt: soon },
    { kind: 'invitation', organisation, url, expiresAt: soon },
  ],
  'password-reset': [{ kind: 'password-reset', url, expiresAt: soon }],
  'password-changed': [{ kind: 'password-changed' }],
  'second-factor-changed': [
    { kind: 'second-factor-changed', change: 'totp-added' },
    { kind: 'second-factor-changed', change: 'totp-removed' },
    { kind: 'second-factor-changed', change: 'passkey-added' },
    { kind: 'second-factor-changed', change: 'passkey-removed' },
    { kind: 'second-factor-changed', change: 'recovery-codes-replaced' },
    { kind: 'second-factor-changed', change: 'recovery-code-used' },
    { kind: 'second-factor-changed', change: 'all-removed' },
  ],
  'break-glass-used': [
    { kind: 'break-glass-used', organisation, person, at, address: '192.0.2.7' },
    { kind: 'break-glass-used', organisation, person, at },
    { kind: 'break-glass-used', organisation, person, at, factorSetUpAt: at },
  ],
  'link-request': [{ kind: 'link-request', requestId, organisation, connection, url, expiresAt: soon }],
  'link-code': [
    { kind: 'link-code', organisation, connection, identity: person, code: '4829 1355', expiresAt: soon },
    { kind: 'link-code', organisation, connection, code: '4829 1355', expiresAt: soon },
  ],
  'account-linked': [
    { kind: 'account-linked', organisation, connection, identity: person, at },
    { kind: 'account-linked', organisation, connection, at },
  ],
  'domain-missing': [
    {
      kind: 'domain-missing',
      organisation,
      domain,
      since: at,
      lapsesAt: soon,
      members: 42,
      unlinked: 4,
      record,
    },
  ],
  'domain-lapsed': [{ kind: 'domain-lapsed', organisation, domain, members: 42, unlinked: 4, record }],
  'domain-recovered': [{ kind: 'domain-recovered', organisation, domain }],
  'certificate-expiring': [
    { kind: 'certificate-expiring', ...certificate, days: 30 },
    { kind: 'certificate-expiring', ...certificate, days: 14 },
    { kind: 'certificate-expiring', ...certificate, days: 7 },
  ],
  'certificate-expired': [
    { kind: 'certificate-expired', ...certificate, refuses: true },
    { kind: 'certificate-expired', ...certificate, refuses: false },
  ],
  'certificate-seen': [{ kind: 'certificate-seen', ...certificate }],
  'metadata-refused': [
    {
      kind: 'metadata-refused',
      ...{ organisation, connection, at },
      reason: 'The metadata is of https://other.idp.example/entity, not of https://idp.acme.example/entity.',
    },
  ],
  'address-collision': [
    { kind: 'address-collision', organisation, connection, person, address: 'grace.hopper@acme.example' },
  ],
  'directory-token-expiring': [
    { kind: 'directory-token-expiring', organisation, directory, token: 'Okta', days: 30, expiresAt: later },
  ],
  'removals-held': [
    { kind: 'removals-held', organisation, directory },
    { kind: 'removals-held', organisation, directory, lastOwner: person },
  ],
};
