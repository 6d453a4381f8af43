import { createPrivateKey } from 'node:crypto';
import { defaultSettings } from '@gatehouse/core';
import type { ConnectionSettings, IdpDescription } from '@gatehouse/core';
import { generateKeyAndCertificate, SamlIdp } from '@gatehouse/tools/saml-idp';
import type { LogoutChanges, LogoutName, OutgoingLogout } from '@gatehouse/tools/saml-idp';
import { readPostedForm, readRedirectQuery } from '../src/index';
import type { IncomingMessage } from '../src/index';
import { certificateOf, entityId, key, now, sp } from './answers';

export const sloUrl = 'https://idp.example/slo?tenant=7';
export const idp = new SamlIdp({ entityId, ssoUrl: 'https://idp.example/sso', sloUrl, key, now: () => now });
export const bindings = ['redirect', 'post'] as const;

export const description: IdpDescription = {
  entityId,
  sso: [{ binding: 'redirect', url: 'https://idp.example/sso' }],
  slo: [
    { binding: 'post', url: sloUrl },
    { binding: 'redirect', url: sloUrl, responseUrl: 'https://idp.example/slo/answers' },
  ],
  certificates: [certificateOf(key.certificatePem)],
  wantsSignedRequests: false,
};

export function expected(settings: Partial<ConnectionSettings> = {}) {
  return { idp: description, serviceProvider: sp, settings: { ...defaultSettings, ...settings }, now };
}

/** As our own server receives it. */
export function received(
  { redirectUrl, form }: OutgoingLogout,
  binding: IncomingMessage['binding'],
): IncomingMessage {
  return binding === 'post'
    ? readPostedForm(form)
    : readRedirectQuery(redirectUrl.slice(redirectUrl.indexOf('?') + 1));
}

export const ann: LogoutName = {
  nameId: 'ann@acme.example',
  nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  sessionIndexes: ['_index1'],
};

export function request(changes: LogoutChanges = {}, name: LogoutName = ann): OutgoingLogout {
  return idp.logout.request(sp.sloUrl, name, changes);
}

const own = generateKeyAndCertificate();

/** What our messages are signed with. */
export const ownCertificate = own.certificatePem;
export const signer = {
  privateKey: createPrivateKey(own.privateKeyPem),
  certificatePem: own.certificatePem,
};
