import { SsoError } from '@gatehouse/core';
import { namespaces } from '../names';
import { childNamed } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

const { protocol: samlp } = namespaces;
const success = 'urn:oasis:names:tc:SAML:2.0:status:Success';

/** SAML Core 3.2.2.1: throws what the identity provider says of its own failure. */
export function refuseFailedStatus(response: XmlElement): void {
  const status = childNamed(response, samlp, 'Status');
  const code = status && childNamed(status, samlp, 'StatusCode');
  const value = code?.attributes.get('Value');
  if (value === success) return;
  const subcode = code && childNamed(code, samlp, 'StatusCode')?.attributes.get('Value');
  const message = status && childNamed(status, samlp, 'StatusMessage')?.text;
  throw new SsoError(
    'saml_status_failed',
    'The identity provider reports that the sign-in failed; its log and the status say why.',
    { want: success, got: shown(subcode ?? value ?? 'no status'), statusMessage: shown(message ?? '') },
  );
}

// Another party's words end up on pages and in logs.
function shown(text: string): string {
  return text
    .replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}
