import { SsoError } from '@gatehouse/core';
import type { ErrorCode } from '@gatehouse/core';
import { privateKeyGiven } from './read-certificates';

interface OtherText {
  readonly code: ErrorCode;
  readonly got: string;
  readonly message: string;
  readonly looksLike: (text: string) => boolean;
}

const startOfXmlInBase64 = /^(?:SAML(?:Response|Request)=|P[A-P][A-Za-z0-9+/]{20})/;

/** What people give in the place of metadata, in the order in which it is looked for. */
const otherTexts: readonly OtherText[] = [
  {
    code: 'metadata_empty',
    got: 'nothing',
    message: 'The document is empty: give the metadata XML of the identity provider.',
    looksLike: (text) => text === '',
  },
  {
    code: 'metadata_is_html',
    got: 'HTML',
    message:
      'This is a web page, often a sign-in page: give the metadata itself, from an address that opens without signing in.',
    looksLike: (text) => /^<(?:!doctype\s+)?(?:html|head|body|script|title|meta)[\s>]/i.test(text),
  },
  {
    code: 'metadata_is_json',
    got: 'an OpenID Connect configuration',
    message:
      'This is an OpenID Connect configuration: give the SAML metadata (XML) of a SAML application at the identity provider.',
    looksLike: (text) => isJson(text) && /"(?:jwks_uri|authorization_endpoint)"/.test(text),
  },
  {
    code: 'metadata_is_json',
    got: 'JSON',
    message: 'This is JSON: give the SAML metadata, which is XML.',
    looksLike: isJson,
  },
  {
    code: 'metadata_is_certificate',
    got: 'a certificate',
    message:
      'This is a certificate alone: give the metadata XML, or enter the values by hand: entity ID, sign-on URL and this certificate.',
    looksLike: (text) =>
      /^-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/m.test(text) || /^MI[IG][A-Za-z0-9+/]{40}/.test(text),
  },
  {
    code: 'metadata_is_message',
    got: 'an encoded message',
    message:
      'This is an encoded SAML message or document: give the metadata XML itself, as the identity provider publishes it.',
    looksLike: (text) => startOfXmlInBase64.test(text),
  },
  {
    code: 'metadata_not_xml',
    got: 'an address',
    message: 'This is an address: give it as the metadata address, or give the document that it leads to.',
    looksLike: (text) => /^https?:\/\/\S+$/i.test(text),
  },
  {
    code: 'metadata_not_xml',
    got: 'other text',
    message: 'This is not XML: give the metadata document of the identity provider, unchanged.',
    looksLike: (text) => !text.startsWith('<'),
  },
  {
    code: 'metadata_not_xml',
    got: 'a DOCTYPE or an entity declaration',
    message: 'The document carries a DOCTYPE or an entity declaration, which is never accepted: remove it.',
    looksLike: (text) => /<!(?:DOCTYPE|ENTITY)/i.test(text),
  },
];

/** Names a document that is no metadata for what it is, and says what to give instead. */
export function refuseOtherText(text: string): void {
  if (text.includes('PRIVATE KEY-----')) throw privateKeyGiven();
  const start = withoutProlog(text);
  const found = otherTexts.find(({ looksLike }) => looksLike(start));
  if (found) throw new SsoError(found.code, found.message, { want: 'SAML metadata', got: found.got });
}

function isJson(text: string): boolean {
  return /^[{[]/.test(text);
}

const prologs: readonly (readonly [opening: string, closing: string])[] = [
  ['<?', '?>'],
  ['<!--', '-->'],
];

/** What follows the XML declaration, processing instructions and comments. */
function withoutProlog(text: string): string {
  let rest = text;
  for (;;) {
    const prolog = prologs.find(([opening]) => rest.startsWith(opening));
    const end = prolog ? rest.indexOf(prolog[1]) : -1;
    if (!prolog || end === -1) return rest;
    rest = rest.slice(end + prolog[1].length).trimStart();
  }
}
