import { X509Certificate } from 'node:crypto';
import { serviceProvider } from '@gatehouse/core';
import type { Connection } from '@gatehouse/core';
import { generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import { aConnection, key, refusal, sp } from '../../test/answers';
import { bindings, namespaces } from '../names';
import { parseXml } from '../xml/parse-xml';
import { childNamed, childrenNamed, everyElement } from '../xml/xml-element';
import { readIdpMetadata } from './read-idp-metadata';
import { serviceProviderMetadata } from './service-provider-metadata';

const parse = (xml: string) =>
  parseXml(
    xml,
    { depth: 9, attributes: 9, elements: 99, nodes: 199, namespaces: 64 },
    { malformed: 'metadata_not_xml', excessive: 'internal' },
  );
const current = key.certificatePem;
const roleOf = (connection: Connection, certificates = [current]) => {
  const root = parse(serviceProviderMetadata(connection, sp, certificates));
  const role = childNamed(root, namespaces.metadata, 'SPSSODescriptor');
  if (!role) throw new Error('There is no SP role.');
  return role;
};
const attributesOf = (connection: Connection, name: string) =>
  childrenNamed(roleOf(connection), namespaces.metadata, name).map(({ attributes }) =>
    Object.fromEntries(attributes),
  );
const formatsOf = (connection: Connection) =>
  childrenNamed(roleOf(connection), namespaces.metadata, 'NameIDFormat').map(({ text }) =>
    text.split(':').at(-1),
  );

/** The fingerprints for each use, in the order of the document. */
const keysOf = (certificates: readonly string[]) =>
  childrenNamed(roleOf(aConnection(), [...certificates]), namespaces.metadata, 'KeyDescriptor').map(
    (descriptor) => {
      const body = everyElement(descriptor).find(({ name }) => name === 'X509Certificate')?.text ?? '';
      const { fingerprint256 } = new X509Certificate(Buffer.from(body, 'base64'));
      return [descriptor.attributes.get('use'), fingerprint256];
    },
  );

describe('our metadata for one connection', () => {
  it('names the entity and one ACS by POST, index 1 and default [CON-5]', () => {
    const root = parse(serviceProviderMetadata(aConnection(), sp, [current]));
    expect(root.attributes.get('entityID')).toBe(sp.entityId);
    expect(attributesOf(aConnection(), 'AssertionConsumerService')).toEqual([
      { Binding: bindings.post, Location: sp.acsUrl, index: '1', isDefault: 'true' },
    ]);
  });

  it('takes logout messages by Redirect and by POST [CON-5] [SML-11]', () => {
    expect(attributesOf(aConnection(), 'SingleLogoutService')).toEqual([
      { Binding: bindings.redirect, Location: sp.sloUrl },
      { Binding: bindings.post, Location: sp.sloUrl },
    ]);
  });

  it('lists the NameID formats that are accepted, the wanted one first [CON-5] [SML-8]', () => {
    expect(formatsOf(aConnection())).toEqual(['emailAddress', 'persistent', 'unspecified']);
    expect(formatsOf(aConnection({ nameIdFormat: 'persistent' }))).toEqual([
      'persistent',
      'emailAddress',
      'unspecified',
    ]);
  });

  it('wants assertions signed unless the response is to be, and says whether requests are [CON-5] [CON-12]', () => {
    const wants = (settings: Parameters<typeof aConnection>[0]) => {
      const { attributes } = roleOf(aConnection(settings));
      return [attributes.get('WantAssertionsSigned'), attributes.get('AuthnRequestsSigned')];
    };
    expect(wants({})).toEqual(['true', 'false']);
    expect(wants({ signaturePolicy: 'response', signRequests: true })).toEqual(['false', 'true']);
  });

  it('carries the key for signing and encryption, and during a rotation both, the current one first [CON-5] [SML-13]', () => {
    const next = generateKeyAndCertificate().certificatePem;
    const [one, two] = [current, next].map((pem) => new X509Certificate(pem).fingerprint256);
    expect(keysOf([current])).toEqual([
      ['signing', one],
      ['encryption', one],
    ]);
    expect(keysOf([current, next])).toEqual([
      ['signing', one],
      ['signing', two],
      ['encryption', one],
      ['encryption', two],
    ]);
  });

  it('offers AES-GCM before AES-CBC, and RSA-OAEP only [CON-5] [SML-9]', () => {
    const encryption = childrenNamed(roleOf(aConnection()), namespaces.metadata, 'KeyDescriptor')[1];
    const methods = encryption ? childrenNamed(encryption, namespaces.metadata, 'EncryptionMethod') : [];
    expect(methods.map(({ attributes }) => attributes.get('Algorithm')?.split('#')[1])).toEqual([
      'aes256-gcm',
      'aes128-gcm',
      'aes256-cbc',
      'aes128-cbc',
      'rsa-oaep-mgf1p',
    ]);
  });

  it('keeps the order of the schema (SAML Metadata 2.4.2, 2.4.4) [CON-5]', () => {
    const order = ['KeyDescriptor', 'SingleLogoutService', 'NameIDFormat', 'AssertionConsumerService'];
    const places = roleOf(aConnection()).children.map(({ name }) => order.indexOf(name));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted());
  });

  it('escapes what stands in an address [CON-5]', () => {
    const odd = serviceProvider('https://sso.example/?a=1&b="<', aConnection());
    const read = parse(serviceProviderMetadata(aConnection(), odd, [current]));
    expect(read.attributes.get('entityID')).toBe(odd.entityId);
  });

  it('is not taken for that of an identity provider [CON-6]', () => {
    const xml = serviceProviderMetadata(aConnection(), sp, [current]);
    expect(refusal(() => readIdpMetadata(xml, new Date(0)))).toBe('metadata_is_service_provider');
  });
});
