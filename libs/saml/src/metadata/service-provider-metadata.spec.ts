import { serviceProvider } from '@gatehouse/core';
import { aConnection, refusal, sp } from '../../test/answers';
import { bindings, namespaces } from '../names';
import { parseXml } from '../xml/parse-xml';
import { readIdpMetadata } from './read-idp-metadata';
import { serviceProviderMetadata } from './service-provider-metadata';
import { childNamed, childrenNamed } from '../xml/xml-element';

const parse = (xml: string) =>
  parseXml(
    xml,
    { depth: 9, attributes: 9, elements: 99, nodes: 99, namespaces: 64 },
    { malformed: 'metadata_not_xml', excessive: 'internal' },
  );

describe('our metadata for one connection', () => {
  const root = parse(serviceProviderMetadata(aConnection(), sp));
  const role = childNamed(root, namespaces.metadata, 'SPSSODescriptor');

  it('names the entity and one ACS by POST, index 1 and default [CON-5]', () => {
    expect(root.attributes.get('entityID')).toBe(sp.entityId);
    const services = role ? childrenNamed(role, namespaces.metadata, 'AssertionConsumerService') : [];
    expect(services.map(({ attributes }) => Object.fromEntries(attributes))).toEqual([
      { Binding: bindings.post, Location: sp.acsUrl, index: '1', isDefault: 'true' },
    ]);
  });

  it('lists the NameID formats that are accepted, and wants signed assertions [CON-5] [SML-8]', () => {
    const formats = role ? childrenNamed(role, namespaces.metadata, 'NameIDFormat') : [];
    expect(formats.map(({ text }) => text.split(':').at(-1))).toEqual([
      'emailAddress',
      'persistent',
      'unspecified',
    ]);
    expect(role?.attributes.get('WantAssertionsSigned')).toBe('true');
  });

  it('escapes what stands in an address [CON-5]', () => {
    const odd = serviceProvider('https://sso.example/?a=1&b="<', aConnection());
    const read = parse(serviceProviderMetadata(aConnection(), odd));
    expect(read.attributes.get('entityID')).toBe(odd.entityId);
  });

  it('is not taken for that of an identity provider [CON-6]', () => {
    const xml = serviceProviderMetadata(aConnection(), sp);
    expect(refusal(() => readIdpMetadata(xml, new Date(0)))).toBe('metadata_is_service_provider');
  });
});
