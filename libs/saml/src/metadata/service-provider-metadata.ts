import type { Connection, ServiceProvider } from '@gatehouse/core';
import { bindings, nameIdFormats, namespaces } from '../names';
import { element } from '../xml/write-xml';

/** Our side of one connection for its identity provider (SAML Metadata 2.4.4); no keys, because we sign nothing yet. */
export function serviceProviderMetadata(connection: Connection, serviceProvider: ServiceProvider): string {
  const descriptor = element(
    'md:EntityDescriptor',
    { 'xmlns:md': namespaces.metadata, entityID: serviceProvider.entityId },
    element('md:SPSSODescriptor', roleAttributes(connection), ...formats(), endpoint(serviceProvider)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${descriptor}\n`;
}

// With the policy `response` the assertion's own signature is not needed.
function roleAttributes({ settings }: Connection) {
  return {
    AuthnRequestsSigned: 'false',
    WantAssertionsSigned: settings.signaturePolicy === 'response' ? 'false' : 'true',
    protocolSupportEnumeration: namespaces.protocol,
  };
}

function formats(): string[] {
  const accepted = [nameIdFormats.email, nameIdFormats.persistent, nameIdFormats.unspecified];
  return accepted.map((format) => element('md:NameIDFormat', {}, format));
}

function endpoint({ acsUrl }: ServiceProvider): string {
  const attributes = { Binding: bindings.post, Location: acsUrl, index: '1', isDefault: 'true' };
  return element('md:AssertionConsumerService', attributes);
}
