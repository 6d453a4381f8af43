import { SsoError } from '@gatehouse/core';

/** Markup that costs a parser far more than its octets, with what an honest response stays far below. */
const floodLimits: readonly (readonly [markup: string, name: string, limit: number])[] = [
  ['<!--', 'comments', 20],
  ['<![CDATA[', 'CDATA sections', 20],
  ['&', 'character or entity references', 5_000],
  ['\r', 'carriage returns', 10_000],
  ['\n', 'line feeds', 50_000],
  ['\t', 'tabs', 50_000],
  ['>', 'closing angle brackets', 10_000],
  // In a comment or a CDATA section each of these may be its end, and the parser stops to look.
  ['-', 'hyphens', 50_000],
  [']', 'closing square brackets', 10_000],
];

/** Counts in the raw text, before any parser sees it. */
export function refuseFloods(text: string): void {
  for (const [markup, name, limit] of floodLimits) {
    if (!occursMoreThan(text, markup, limit)) continue;
    const message = `The message has too many ${name}; send fewer groups or attributes from the identity provider.`;
    const got = `more than ${limit}`;
    throw new SsoError('saml_too_large', message, { want: `at most ${limit} ${name}`, got });
  }
}

function occursMoreThan(text: string, markup: string, limit: number): boolean {
  let seen = 0;
  for (let at = text.indexOf(markup); at !== -1; at = text.indexOf(markup, at + markup.length)) {
    seen += 1;
    if (seen > limit) return true;
  }
  return false;
}
