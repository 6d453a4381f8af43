import { deflateRawSync, gzipSync } from 'node:zlib';
import { change, honest, signAssertion, signBoth } from '../honest';
import { wellFormed } from './ill-formed';
import { vectors } from './row';
import type { Row } from './row';

const encoding = 'saml_encoding_invalid';
const broken = 'saml_xml_invalid';

const signed = () => signBoth(honest());
const octets = () => Buffer.from(signed());
const posted = (text: string) => ({ posted: text });
const base64 = () => octets().toString('base64');
/** Raw octets in the place of a value of the signed assertion. */
const withOctets =
  (...bytes: number[]) =>
  () => {
    const at = octets().indexOf('>staff<') + 1;
    return Buffer.concat([octets().subarray(0, at), Buffer.from(bytes), octets().subarray(at)]);
  };
const utf16 = (mark: number[], swap: boolean) => () => {
  const text = Buffer.from(signed(), 'utf16le');
  return Buffer.concat([Buffer.from(mark), swap ? text.swap16() : text]);
};

const transport: readonly Row[] = [
  ['nothing', 'Nothing is posted', encoding, () => posted('')],
  ['not-base64', 'The XML is posted as it is, without base64', encoding, () => posted('<samlp:Response/>')],
  [
    'base64url',
    'The message is in the URL alphabet of base64',
    encoding,
    () => posted(Buffer.from(`${signed()}<!--\u00fb\u00ff-->`).toString('base64url')),
  ],
  [
    'base64-with-junk',
    'Characters that are not base64 stand between, which lenient decoders skip',
    encoding,
    () => posted(`${base64().slice(0, 40)}\u00e9!${base64().slice(40)}`),
  ],
  [
    'base64-padded-inside',
    'Padding stands in the middle, where lenient decoders stop',
    encoding,
    () => posted(`${Buffer.from('<a/>').toString('base64')}${base64()}`),
  ],
  [
    'base64-cut',
    'The last character of the base64 is missing',
    encoding,
    () =>
      posted(
        base64()
          .replace(/=*$/, '')
          .slice(0, -1)
          .replace(/^(.{4})*$/, '$&A'),
      ),
  ],
  [
    'base64-twice',
    'The message is encoded twice',
    broken,
    () => posted(Buffer.from(base64()).toString('base64')),
  ],
  [
    'percent-encoded',
    'The form was encoded twice',
    encoding,
    () => posted(encodeURIComponent(`${base64()}=`)),
  ],
  [
    'deflated',
    'The message is compressed, as the Redirect binding has it',
    encoding,
    () => deflateRawSync(octets(), { level: 0 }),
    { reference: 'SAML Bindings 3.4.4.1' },
  ],
  ['gzipped', 'The message is a gzip file', encoding, () => gzipSync(octets(), { level: 0 })],
  ['truncated', 'The message ends in the middle', broken, () => octets().subarray(0, octets().length >> 1)],
  ['white-space', 'The message is white space', broken, () => ' \n '],
  ['json', 'The message is JSON', broken, () => '{"saml":"2.0"}'],
  ['html', 'The message is a page of HTML', broken, () => '<html><body><p>Signed in<br></body></html>'],
];

const unicode: readonly Row[] = [
  ['nul', 'A NUL stands in a value', broken, withOctets(0), { reference: 'XML 1.0, 2.2' }],
  ['control-character', 'A control character stands in a value', broken, withOctets(1)],
  ['character-fffe', 'U+FFFE stands in a value', broken, withOctets(0xef, 0xbf, 0xbe)],
  ['invalid-utf8', 'An octet that is no UTF-8 stands in a value', encoding, withOctets(0xff)],
  [
    'overlong-utf8',
    'A NUL is written in two octets',
    encoding,
    withOctets(0xc0, 0x80),
    { reference: 'RFC 3629, 10' },
  ],
  ['overlong-angle-bracket', 'An angle bracket is written in two octets', encoding, withOctets(0xc0, 0xbc)],
  [
    'surrogate-in-utf8',
    'Half of a surrogate pair is written in UTF-8',
    encoding,
    withOctets(0xed, 0xa0, 0x80),
  ],
  ['cut-character', 'A character of UTF-8 is cut in half', encoding, withOctets(0xe2, 0x82)],
  ['beyond-unicode', 'A character beyond U+10FFFF', encoding, withOctets(0xf4, 0x90, 0x80, 0x80)],
  [
    'latin-1',
    'The message is ISO 8859-1 without saying so',
    encoding,
    () => Buffer.from(change(signAssertion(honest()), '>staff<', '>\u00e9quipe<'), 'latin1'),
  ],
  ['utf-16', 'The message is UTF-16 with its byte order mark', encoding, utf16([0xff, 0xfe], false)],
  ['utf-16-big-end-first', 'The message is UTF-16, big end first', encoding, utf16([0xfe, 0xff], true)],
  ['utf-16-without-mark', 'The message is UTF-16 without a byte order mark', broken, utf16([], false)],
  [
    'declared-latin-1',
    'The declaration says ISO 8859-1',
    encoding,
    () => `<?xml version="1.0" encoding="ISO-8859-1"?>${signed()}`,
  ],
  [
    'declared-utf-16',
    'The declaration says UTF-16 where the octets are UTF-8',
    encoding,
    () => `<?xml version="1.0" encoding="UTF-16"?>${signed()}`,
  ],
  [
    'declared-utf-7',
    'The declaration says UTF-7, in which octets mean other letters',
    encoding,
    () => `<?xml version="1.0" encoding="UTF-7"?>${signed()}`,
  ],
  [
    'version-1.1',
    'The declaration says XML 1.1, in which more characters end a line',
    encoding,
    () => `<?xml version="1.1"?>${signed()}`,
  ],
  [
    'reference-to-nul',
    'A character reference names NUL',
    broken,
    () => change(signed(), '>staff<', '>staff&#0;<'),
  ],
  [
    'reference-to-control',
    'A character reference names a control character',
    broken,
    () => change(signed(), '>staff<', '>staff&#x8;<'),
  ],
  [
    'reference-to-surrogate',
    'A character reference names half of a surrogate pair',
    broken,
    () => change(signed(), '>staff<', '>staff&#xD800;<'),
  ],
  [
    'reference-beyond-unicode',
    'A character reference names what is beyond Unicode',
    broken,
    () => change(signed(), '>staff<', '>staff&#x110000;<'),
  ],
  [
    'mark-in-the-middle',
    'A byte order mark stands between declaration and root',
    broken,
    () => `<?xml version="1.0"?>\ufeff${signed()}`,
  ],
  ['two-marks', 'The message begins with two byte order marks', broken, () => `\ufeff\ufeff${signed()}`],
  [
    'mark-in-name',
    'A byte order mark stands in the name of an element',
    broken,
    () => change(signed(), '<samlp:Status>', '<samlp:\ufeffStatus>'),
  ],
];

export const octetsAndMarkup = vectors(['SML-10'], [...transport, ...unicode, ...wellFormed]);
