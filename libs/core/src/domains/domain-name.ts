import { isIP } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';
import { parse } from 'tldts';
import { SsoError } from '../shared/sso-error';
import { publicMailDomains } from './public-mail-domains';

const example = 'acme.com';
// RFC 1035 2.3.4: 63 octets a label; 255 a name on the wire, which leaves 253 as text.
const longestName = 253;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

interface Mistake {
  readonly when: RegExp;
  readonly message: string;
}

// What people paste instead of a domain; looked for before the URL parser, which would quietly cut or decode these.
const mistakes: readonly Mistake[] = [
  {
    when: /:\/\/|[/?#\\]/,
    message: 'This is a web address. Enter only its domain, without https:// and path.',
  },
  { when: /@/, message: 'This is an e-mail address. Enter only what follows the @.' },
  { when: /:\d*$/, message: 'Remove the port: a domain has none.' },
  { when: /\*/, message: 'Wildcards are not possible. Enter each domain by itself.' },
  { when: /_/, message: 'Remove the part with the underscore: an e-mail domain has none.' },
  { when: /[\s%]/, message: 'Remove the spaces and signs that a domain cannot have.' },
];

function invalid(message: string, got: string): SsoError {
  return new SsoError('domain_invalid', message, { want: example, got: got.slice(0, longestName) });
}

function refuseMistakes(name: string): void {
  if (isIP(name.replace(/^\[|\]$/g, '')) !== 0)
    throw invalid('This is an IP address. Enter a domain name.', name);
  const mistake = mistakes.find(({ when }) => when.test(name));
  if (mistake !== undefined) throw invalid(mistake.message, name);
}

/** The A-label form, lower case; empty where UTS 46 has none. One trailing dot only says that the name is complete. */
function toAscii(name: string): string {
  return domainToASCII(name).replace(/\.$/, '');
}

function refuseMalformed(ascii: string, input: string): void {
  if (isIP(ascii) !== 0) throw invalid('This is an IP address. Enter a domain name.', input);
  if (ascii.length > longestName)
    throw invalid('This name is longer than DNS allows. Check it for mistakes.', input);
  const labels = ascii.split('.');
  if (!labels.every((each) => label.test(each)))
    throw invalid('This is not a domain name. Check it for mistakes.', input);
  // RFC 5891 4.2: an A-label must be what its U-label encodes to; `xn---m1y` would be shown as another name.
  if (toAscii(domainToUnicode(ascii)) !== ascii)
    throw invalid('This name is not valid Punycode. Check it for mistakes.', input);
  if (labels.length === 1) throw invalid('Enter the whole domain, with its ending.', input);
}

function isPublicMail(name: string): boolean {
  const labels = name.split('.');
  return labels.some((_, index) => publicMailDomains.has(labels.slice(index).join('.')));
}

function refusePublic(name: string): void {
  const { domain } = parse(name, { allowPrivateDomains: true });
  if (domain === null) {
    throw new SsoError(
      'domain_public',
      'Many owners register names under this ending. Enter the domain you own below it.',
      {
        want: `${example.split('.')[0]}.${name}`,
        got: name,
      },
    );
  }
  if (!isPublicMail(name)) return;
  throw new SsoError(
    'domain_public',
    'Anyone can have an address at this mail provider. Enter a domain that your company owns.',
    {
      want: example,
      got: name,
    },
  );
}

/** Reads a domain as typed or pasted into its one spelling (A-labels, lower case, no trailing dot), or says what is wrong. */
export function parseDomainName(input: string): string {
  const typed = input.trim();
  // Longer than any spelling of a valid name: not worth the work of normalising.
  if (typed.length > longestName + 1)
    throw invalid('This name is longer than DNS allows. Check it for mistakes.', typed);
  refuseMistakes(typed);
  const name = toAscii(typed);
  refuseMalformed(name, typed);
  refusePublic(name);
  return name;
}
