import { SsoError } from '@gatehouse/core';
import type { ErrorCode } from '@gatehouse/core';
import { namespaces } from '../names';
import type { XmlElement } from '../xml/xml-element';

const { assertion: saml, protocol: samlp } = namespaces;

interface OtherDocument {
  readonly code: ErrorCode;
  readonly message: string;
  readonly isIt: (root: XmlElement, roles: readonly XmlElement[]) => boolean;
}

const otherDocuments: readonly OtherDocument[] = [
  {
    code: 'metadata_is_message',
    message: 'This is a SAML message of a sign-in, not metadata: give the metadata of the identity provider.',
    isIt: ({ namespace }) => namespace === samlp || namespace === saml,
  },
  {
    code: 'metadata_is_service_provider',
    message: 'This is the metadata of a service provider, perhaps ours: give that of the identity provider.',
    isIt: (_root, roles) => roles.some(({ name }) => name === 'SPSSODescriptor'),
  },
  {
    code: 'metadata_no_idp_role',
    message: 'This identity provider offers SAML 1.1 only: turn SAML 2.0 on there.',
    isIt: (_root, roles) => roles.some(({ name }) => name === 'IDPSSODescriptor'),
  },
  {
    code: 'metadata_is_ws_federation',
    message:
      'This metadata is for WS-Federation only: set the application up for SAML 2.0 at the identity provider, and give the metadata of that.',
    isIt: (_root, roles) => roles.some(speaksWsFederation),
  },
];

/** Says what a document without identity provider describes instead. */
export function noIdp(root: XmlElement, entities: readonly XmlElement[]): SsoError {
  const children = entities.flatMap((entity) => entity.children);
  const roles = children.filter(({ name }) => name.endsWith('Descriptor'));
  const got = roles.length > 0 ? roles.slice(0, 10).map(({ name }) => name) : root.name.slice(0, 100);
  const { code, message } = otherDocuments.find(({ isIt }) => isIt(root, roles)) ?? {
    code: 'metadata_no_idp_role',
    message: 'The document describes no SAML 2.0 identity provider: give the metadata of one.',
  };
  return new SsoError(code, message, { want: 'IDPSSODescriptor', got });
}

/** Such roles say by protocolSupportEnumeration what they speak: WS-Federation 1.2 and versions of WS-Trust. */
function speaksWsFederation({ name, attributes }: XmlElement): boolean {
  const spoken = attributes.get('protocolSupportEnumeration') ?? '';
  return name === 'RoleDescriptor' && /wsfed|ws-trust|2005\/02\/trust/.test(spoken);
}
