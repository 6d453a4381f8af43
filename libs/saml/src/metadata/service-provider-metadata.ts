import type { Connection, ServiceProvider } from '@gatehouse/core';
import { bindings, nameIdFormats, namespaces } from '../names';
import { signsRequests } from '../request/build-request';
import { keyInfo } from '../signature/sign-xml';
import { element } from '../xml/write-xml';

/**
 * Our side of one connection for its identity provider (SAML Metadata 2.4.4), in the schema's order. Of the certificates
 * the current one comes first; while keys are rotated there are two.
 */
export function serviceProviderMetadata(
  connection: Connection,
  serviceProvider: ServiceProvider,
  certificates: readonly string[],
): string {
  const descriptor = element(
    'md:EntityDescriptor',
    { 'xmlns:md': namespaces.metadata, entityID: serviceProvider.entityId },
    element(
      'md:SPSSODescriptor',
      roleAttributes(connection),
      ...certificates.map((pem) => keyDescriptor('signing', pem)),
      ...certificates.map((pem) => keyDescriptor('encryption', pem, ...encryptionMethods())),
      ...logoutEndpoints(serviceProvider),
      ...formats(connection),
      answerEndpoint(serviceProvider),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${descriptor}\n`;
}

// With the policy `response` the assertion's own signature is not needed.
function roleAttributes(connection: Connection) {
  return {
    AuthnRequestsSigned: String(signsRequests(connection)),
    WantAssertionsSigned: connection.settings.signaturePolicy === 'response' ? 'false' : 'true',
    protocolSupportEnumeration: namespaces.protocol,
  };
}

function keyDescriptor(use: 'signing' | 'encryption', pem: string, ...methods: readonly string[]): string {
  return element('md:KeyDescriptor', { use }, keyInfo(pem), ...methods);
}

// What an identity provider chooses from, the best first: AES-CBC is there for those that know nothing newer.
function encryptionMethods(): string[] {
  const { encryption, encryption11 } = namespaces;
  return [
    `${encryption11}aes256-gcm`,
    `${encryption11}aes128-gcm`,
    `${encryption}aes256-cbc`,
    `${encryption}aes128-cbc`,
    `${encryption}rsa-oaep-mgf1p`,
  ].map((Algorithm) => element('md:EncryptionMethod', { Algorithm }));
}

function logoutEndpoints({ sloUrl }: ServiceProvider): string[] {
  return [bindings.redirect, bindings.post].map((Binding) =>
    element('md:SingleLogoutService', { Binding, Location: sloUrl }),
  );
}

// Each of them is accepted; identity providers send the first that they can.
function formats({ settings }: Connection): string[] {
  const accepted = ['emailAddress', 'persistent', 'unspecified'] as const;
  const wanted = settings.nameIdFormat;
  const inOrder = [wanted, ...accepted.filter((format) => format !== wanted)];
  const uris = { ...nameIdFormats, emailAddress: nameIdFormats.email };
  return inOrder.map((format) => element('md:NameIDFormat', {}, uris[format]));
}

function answerEndpoint({ acsUrl }: ServiceProvider): string {
  const attributes = { Binding: bindings.post, Location: acsUrl, index: '1', isDefault: 'true' };
  return element('md:AssertionConsumerService', attributes);
}
