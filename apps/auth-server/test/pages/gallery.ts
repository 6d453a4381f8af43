import { connectionId, SsoError, tenantId, type ErrorCode } from '@gatehouse/core';
import { renderArrivedNowhere, renderChooseApplication } from '../../src/pages/arrival-page';
import { renderErrorPage } from '../../src/pages/error-page';
import { renderChooseTenant } from '../../src/pages/login/choose-tenant-page';
import { renderEmailPage } from '../../src/pages/login/email-page';
import { renderEnrolment, renderRecoveryCodes } from '../../src/pages/login/enrolment-page';
import { renderNothingToDo } from '../../src/pages/login/nothing-page';
import { renderPasswordPage } from '../../src/pages/login/password-page';
import { renderSecondFactorPage } from '../../src/pages/login/second-factor-page';
import { renderSsoRequired } from '../../src/pages/login/sso-required-page';
import { renderOwnerPage, renderTenantPage, renderUnknownTenant } from '../../src/pages/login/tenant-page';
import { renderPostPage } from '../../src/pages/post-page';
import type { Reader } from '../../src/pages/reader';
import {
  renderNewPassword,
  renderResetDone,
  renderResetRequest,
  renderResetSent,
  renderResetUnusable,
} from '../../src/pages/reset/reset-pages';
import { renderSignedOut } from '../../src/pages/signed-out-page';
import { renderTestPassed } from '../../src/pages/test-page';
import { accountPagesFor, insertedByAccount } from './account-gallery';
import { insertedByLinking, linkingPagesFor } from './linking-gallery';
import { insertedByOperations, operationsPagesFor } from './operations-gallery';

/** All that the sample pages insert into their texts; each is told from the texts themselves. */
export const inserted = {
  application: '‹Tideline›',
  organisation: '‹Acme Inc.›',
  label: '‹Acme Okta›',
  email: 'ana@acme.example',
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  recoveryCode: 'q7m2-x9kd-4hvw',
  reference: '7K3F-92QD-0M4T',
  ...insertedByAccount,
  ...insertedByLinking,
  ...insertedByOperations,
} as const;

const { application, organisation, label, email } = inserted;
const connections = [
  { id: connectionId.parse('conn_01kbkrrt000000000000000001'), label },
  { id: connectionId.parse('conn_01kbkrrt000000000000000002'), label: `${label} 2` },
];
const tenants = ['ten_01kbkrrt000000000000000001', 'ten_01kbkrrt000000000000000002'].map((id) => ({
  id: tenantId.parse(id),
  name: organisation,
}));
const tenant = { slug: 'acme', name: organisation, connections };
const uri = `otpauth://totp/Acme:${email}?secret=${inserted.secret}&issuer=Acme`;
const enrolled = ['totp', 'passkey', 'recovery-code'] as const;

/** Every page, as it is shown in each state that it has. */
export function pagesFor(reader: Reader): Readonly<Record<string, string>> {
  return {
    ...loginPages(reader),
    ...afterPassword(reader),
    ...resetPages(reader),
    ...otherPages(reader),
    ...accountPagesFor(reader),
    ...linkingPagesFor(reader),
    ...operationsPagesFor(reader),
  };
}

function loginPages(reader: Reader): Record<string, string> {
  const { login } = reader.texts;
  const wrong = { field: 'password', text: login.wrong };
  return {
    email: renderEmailPage(reader, { application }),
    'email-problem': renderEmailPage(reader, {
      email: 'ana@',
      problem: { field: 'email', text: login.emailIncomplete },
    }),
    password: renderPasswordPage(reader, { application, email }),
    'password-degraded': renderPasswordPage(reader, { application, email, because: 'degraded' }),
    'password-closed': renderPasswordPage(reader, { application, because: 'closed' }),
    'password-wrong': renderPasswordPage(reader, { application, email, problem: wrong }),
    'password-slow': renderPasswordPage(reader, {
      application,
      email,
      problem: { field: 'password', text: login.slowDown(1) },
    }),
    tenant: renderTenantPage(reader, {
      ...tenant,
      connections: connections.slice(0, 1),
      password: 'everybody',
    }),
    'tenant-two': renderTenantPage(reader, { ...tenant, password: 'everybody', email, problem: wrong }),
    'tenant-required': renderTenantPage(reader, { ...tenant, password: 'owners' }),
    'tenant-password': renderTenantPage(reader, { ...tenant, connections: [], password: 'everybody' }),
    owner: renderOwnerPage(reader, { ...tenant, password: 'owners' }),
    'tenant-unknown': renderUnknownTenant(reader),
    nothing: renderNothingToDo(reader),
  };
}

function afterPassword(reader: Reader): Record<string, string> {
  const { secondFactor } = reader.texts;
  const problem = { field: 'code', text: secondFactor.codeWrong };
  return {
    totp: renderSecondFactorPage(reader, { by: 'totp', enrolled }),
    'totp-wrong': renderSecondFactorPage(reader, { by: 'totp', enrolled, problem }),
    'recovery-code': renderSecondFactorPage(reader, { by: 'recovery-code', enrolled }),
    passkey: renderSecondFactorPage(reader, { by: 'passkey', enrolled }),
    enrolment: renderEnrolment(reader, { uri, secret: inserted.secret }),
    'recovery-codes': renderRecoveryCodes(
      reader,
      Array<string>(10).fill(inserted.recoveryCode),
      '/oidc/auth/x',
    ),
    'choose-tenant': renderChooseTenant(reader, tenants),
    'sso-required': renderSsoRequired(reader, organisation, connections.slice(0, 1)),
    'sso-required-none': renderSsoRequired(reader, organisation, []),
  };
}

function resetPages(reader: Reader): Record<string, string> {
  const { messages } = reader.texts;
  return {
    reset: renderResetRequest(reader),
    'reset-sent': renderResetSent(reader, email),
    'new-password': renderNewPassword(reader, { token: 'token', email }),
    'new-password-weak': renderNewPassword(
      reader,
      { token: 'token', email },
      {
        field: 'password',
        text: messages.passwordCommon(''),
      },
    ),
    'reset-unusable': renderResetUnusable(reader),
    'reset-done': renderResetDone(reader),
  };
}

function otherPages(reader: Reader): Record<string, string> {
  const connection = connections[0]?.id;
  const error = (code: ErrorCode) =>
    renderErrorPage(reader, {
      refusal: new SsoError(code, inserted.label, { organisation }),
      reference: inserted.reference,
    });
  return {
    'no-access': error('password_unavailable'),
    'not-linked': renderErrorPage(reader, {
      refusal: new SsoError('link_required', inserted.label, { organisation, connection, got: email }),
      reference: inserted.reference,
    }),
    loop: error('sign_in_loop'),
    arrived: renderArrivedNowhere(reader, label),
    'choose-application': renderChooseApplication(reader, label, [
      { name: application, url: 'https://a.example' },
    ]),
    post: renderPostPage(reader, reader.texts.interlude.toSignIn, { url: 'https://a.example', fields: {} }),
    'signed-out': renderSignedOut(reader),
    'test-passed': renderTestPassed(reader, label, 2),
  };
}
