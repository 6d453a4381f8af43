import {
  connectionId,
  invitationId,
  memberId,
  sessionId,
  startingPolicy,
  tenantId,
  userId,
  type Invitation,
  type Session,
  type SessionView,
} from '@gatehouse/core';
import { readableTime } from '../../src/pages/account/account-page';
import { renderAppEnrolment, renderCodeAgain } from '../../src/pages/account/app-page';
import { renderConnections } from '../../src/pages/account/connections-page';
import { renderDrill } from '../../src/pages/account/drill-page';
import { renderOrganisations } from '../../src/pages/account/organisations-page';
import { renderOverview } from '../../src/pages/account/overview-page';
import { renderSecurity } from '../../src/pages/account/security-page';
import { renderSessions } from '../../src/pages/account/sessions-page';
import {
  renderContinueBySso,
  renderInvitation,
  renderJoin,
  renderJoined,
  renderSetPassword,
  renderUnusable,
} from '../../src/pages/invitation-page';
import type { Reader } from '../../src/pages/reader';
import { textsIn } from '../../src/pages/texts/texts';

const at = new Date('2026-03-01T12:00:00Z');

/** What the account's pages insert into their texts. */
export const insertedByAccount = {
  time: readableTime({ texts: textsIn('en') }, at),
  person: '‹Ana Example›',
  device: '‹Firefox, Linux›',
  passkey: '‹work laptop›',
  key: 'JBSW Y3DP EHPK 3PXP',
  connection: '‹Acme Okta›',
} as const;

const email = 'ana@acme.example';
const digits = '01kbkrrt000000000000000001';
const tenant = {
  ...{ id: tenantId.parse(`ten_${digits}`), slug: 'acme', name: '‹Acme Inc.›', createdAt: at },
  ...{ associateByEmail: false, policy: startingPolicy, ssoEntitled: true },
};
const user = { id: userId.parse(`user_${digits}`), email, name: insertedByAccount.person, createdAt: at };
const ids = { tenantId: tenant.id, userId: user.id, createdAt: at } as const;
const member = { ...ids, id: memberId.parse(`mem_${digits}`), role: 'owner', sso: 'inherit' } as const;
const session: Session = {
  ...{ ...ids, id: sessionId.parse(`ses_${digits}`), memberId: member.id, groups: [] },
  via: 'password',
  ...{ breakGlass: false, authenticatedAt: at, expiresAt: at, address: '192.0.2.7' },
};
const view: SessionView = { session, tenant, user, member };
const invitation: Invitation = {
  ...{ id: invitationId.parse(`inv_${digits}`), tenantId: tenant.id, email, role: 'member' },
  ...{ language: 'en', inviter: insertedByAccount.person, invitedBy: { kind: 'member' }, state: 'open' },
  ...{ createdAt: at, sentAt: at, expiresAt: at },
};
const token = 'a'.repeat(43);
const secret = { uri: 'otpauth://totp/Acme?secret=JBSWY3DPEHPK3PXP', secret: 'JBSWY3DPEHPK3PXP' };

/** Every page of a person's own account, and of an invitation to one. */
export function accountPagesFor(reader: Reader): Readonly<Record<string, string>> {
  return { ...ownPages(reader), ...securityPages(reader), ...invitationPages(reader) };
}

function ownPages(reader: Reader): Record<string, string> {
  const { device } = insertedByAccount;
  const own = { session, organisation: tenant.name, device };
  const sessions = [
    { ...own, isThis: true },
    { session, organisation: tenant.name, isThis: false },
  ];
  return {
    account: renderOverview(reader, view),
    organisations: renderOrganisations(reader, tenant, [{ ...tenant, way: 'choose' }]),
    'organisations-one': renderOrganisations(reader, tenant, []),
    'organisations-hidden': renderOrganisations(reader, tenant, 'hidden'),
    sessions: renderSessions(reader, sessions),
    'sessions-ended': renderSessions(reader, sessions, {
      word: { kind: 'done', text: reader.texts.account.ended },
    }),
    ...connectionPages(reader),
    'sessions-here': renderSessions(reader, sessions, { onlyOf: tenant.name }),
  };
}

function connectionPages(reader: Reader): Record<string, string> {
  const connection = { id: connectionId.parse(`conn_${digits}`), label: insertedByAccount.connection };
  const open = { organisation: tenant.name, connection };
  const word = { kind: 'problem', text: reader.texts.account.currentWrong } as const;
  return {
    connections: renderConnections(reader, [{ ...open, since: at }, open], { word }),
    'connections-none': renderConnections(reader, []),
    'connections-here': renderConnections(reader, [{ ...open, since: at }], { onlyOf: tenant.name }),
  };
}

function securityPages(reader: Reader): Record<string, string> {
  const { account } = reader.texts;
  const nothing = { email, hasApp: false, passkeys: [], recoveryCodesLeft: 0, canDrill: true };
  const passkeys = [{ id: 'key', label: insertedByAccount.passkey, lastUsedAt: at }];
  const all = { email, passwordChangedAt: at, hasApp: true, passkeys, recoveryCodesLeft: 7, canDrill: true };
  const problem = { kind: 'problem', text: account.currentWrong } as const;
  return {
    security: renderSecurity(reader, all),
    'security-nothing': renderSecurity(reader, nothing),
    'security-password': renderSecurity(reader, { ...nothing, passwordChangedAt: at, canDrill: false }),
    'security-problem': renderSecurity(reader, all, problem),
    app: renderAppEnrolment(reader, secret),
    'app-wrong': renderCodeAgain(reader, { field: 'code', text: account.currentWrong }),
    drill: renderDrill(reader, email),
    'drill-wrong': renderDrill(reader, email, { field: 'password', text: account.currentWrong }),
  };
}

function invitationPages(reader: Reader): Record<string, string> {
  const page = { token, tenant, invitation };
  const { inviter: _, ...byNobody } = invitation;
  const problem = { field: 'password', text: reader.texts.messages.passwordCommon('') };
  return {
    invitation: renderInvitation(reader, page),
    'invitation-plain': renderInvitation(reader, { ...page, invitation: byNobody }),
    'invitation-password': renderSetPassword(reader, page, { sso: true }),
    'invitation-weak': renderSetPassword(reader, page, { sso: false, problem }),
    'invitation-sso': renderContinueBySso(reader, page),
    'invitation-join': renderJoin(reader, page, { sso: true }),
    'invitation-other': renderJoin(reader, page, { sso: false, signedInAs: email }),
    'invitation-joined': renderJoined(reader, tenant),
    'invitation-unknown': renderUnusable(reader, 'unknown'),
    'invitation-used': renderUnusable(reader, 'used'),
  };
}
