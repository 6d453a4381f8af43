import { SsoError } from '@gatehouse/core';
import type { Binding, IdpEndpoint } from '@gatehouse/core';
import { bindings, namespaces } from '../names';
import { childrenNamed } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';
import { checkLogoutUrl, checkSsoUrl, incomplete } from './describe-idp';

const spoken = new Map<string, Binding>([
  [bindings.redirect, 'redirect'],
  [bindings.post, 'post'],
]);
const maxEndpoints = 20;

/** Where requests may go, in the document's order; throws what is wrong with the first address where none will do. */
export function readSsoEndpoints(roles: readonly XmlElement[]): readonly IdpEndpoint[] {
  const { usable, faults } = sorted(spokenServices(roles, 'SingleSignOnService'), ssoEndpoint);
  if (usable.length > 0) return usable;
  const message =
    'The metadata names no sign-on URL by HTTP-Redirect or HTTP-POST: turn one of them on at the identity provider.';
  throw faults[0] ?? incomplete(message, 'SingleSignOnService', 'none');
}

/** Where logout messages may go. One that cannot be used is passed over: signing in does not need it. */
export function readLogoutEndpoints(roles: readonly XmlElement[]): readonly IdpEndpoint[] {
  return sorted(spokenServices(roles, 'SingleLogoutService'), logoutEndpoint).usable;
}

interface Service {
  readonly binding: Binding;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Artifact, SOAP and PAOS are passed over: those need a way back from us to the identity provider. */
function spokenServices(
  roles: readonly XmlElement[],
  name: 'SingleSignOnService' | 'SingleLogoutService',
): readonly Service[] {
  const services = roles.flatMap((role) => childrenNamed(role, namespaces.metadata, name));
  return services
    .flatMap(({ attributes }) => {
      const binding = spoken.get(attributes.get('Binding') ?? '');
      return binding ? [{ binding, attributes }] : [];
    })
    .slice(0, maxEndpoints);
}

// SAML Metadata 2.4.3: a ResponseLocation has no place here, for there is no response to a response.
function ssoEndpoint({ binding, attributes }: Service): IdpEndpoint {
  return { binding, url: checkSsoUrl(attributes.get('Location') ?? '') };
}

function logoutEndpoint({ binding, attributes }: Service): IdpEndpoint {
  const url = checkLogoutUrl(attributes.get('Location') ?? '');
  const responses = attributes.get('ResponseLocation');
  return { binding, url, ...(responses === undefined ? {} : { responseUrl: checkLogoutUrl(responses) }) };
}

function sorted(services: readonly Service[], read: (service: Service) => IdpEndpoint) {
  const [usable, faults]: [IdpEndpoint[], SsoError[]] = [[], []];
  for (const service of services) {
    try {
      usable.push(read(service));
    } catch (error) {
      if (!(error instanceof SsoError)) throw error;
      faults.push(error);
    }
  }
  return { usable, faults };
}
