import { SaxesParser } from 'saxes';

/** What an identity provider wants to know of a service before it speaks of logout with it. */
export interface SpMetadata {
  readonly entityId: string;
  /** Absent where the service knows no logout. */
  readonly sloUrl: string | undefined;
  readonly signingCertificatesPem: readonly string[];
}

const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata';
const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

/** SAML Metadata 2.4.4: a key without a use serves for signing as well. */
export function readSpMetadata(xml: string): SpMetadata {
  const parser = new SaxesParser({ xmlns: true });
  const certificates: string[] = [];
  let [entityId, use, inCertificate]: [string, string, boolean] = ['', '', false];
  let sloUrl: string | undefined;
  parser.on('opentag', ({ uri, local, attributes }) => {
    const value = (name: string) => attributes[name]?.value ?? '';
    inCertificate = local === 'X509Certificate' && use !== 'encryption';
    if (inCertificate) certificates.push('');
    if (uri !== METADATA) return;
    if (local === 'EntityDescriptor') entityId = value('entityID');
    if (local === 'KeyDescriptor') use = value('use');
    if (local === 'SingleLogoutService' && value('Binding') === REDIRECT) sloUrl = value('Location');
  });
  parser.on('text', (text) => {
    if (inCertificate) certificates.push((certificates.pop() ?? '') + text);
  });
  parser.on('closetag', () => (inCertificate = false));
  parser.write(xml).close();
  return { entityId, sloUrl, signingCertificatesPem: certificates.map(pemOf) };
}

function pemOf(body: string): string {
  const lines = body.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
