// CWE-451: what a stranger chose stands in a mail or on a page of ours, so it must not be able to speak as one.
const lineBreaks = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
// Marks that turn the direction of the line around it, and other characters nobody sees; joiners belong to scripts and emoji.
const unseen = /(?![\u200C\u200D])[\p{Cf}\p{Cs}\p{Co}\p{Cn}\u115F\u1160\u3164\uFFA0]/gu;
const towers = /(\p{M}{3})\p{M}+/gu;
const quotes = /["“”„‟«»‹›＂]/gu;
const addresses = [
  /[a-z][a-z0-9+.-]*:(?:\/|\\)+\S*/giu,
  /(?:www|ftp)[.。．｡]\S*/giu,
  /\S*[@＠]\S*/gu,
  /\S+[.。．｡]\S+[/\\?#]\S*/gu,
];
// The patterns above take the square of its length.
const longestRead = 500;
const dotInside = /(?<=\S)([.。．｡])(?=\S)/gu;

/**
 * A name that a stranger chose, as it may stand in quotation marks inside a text of ours: one short line without
 * addresses, and with nothing in it that a mail program would make a link of.
 */
export function displayName(name: string, longest = 60): string {
  const line = plainLine(name).replaceAll(quotes, '’');
  const bare = addresses.reduce((text, address) => text.replaceAll(address, ' '), line);
  const short = clip(bare.replaceAll(/\s+/gu, ' ').trim(), longest);
  // A word joiner is not seen, but ends what looks like a domain name to the programs that make links.
  return short === '' ? '—' : short.replaceAll(dotInside, '$1\u2060');
}

/** An address (of mail or network) on one short line; in a text it may look like what it is. */
export function displayAddress(address: string): string {
  return clip(plainLine(address).replaceAll(/\s+/gu, ''), 100);
}

const mailbox = /^[^\s@/:\\]+@[^\s@/:\\]+$/u;

/** What an identity provider calls an address: shown as one only if it is one, because it may as well be a web address. */
export function displayMailbox(address: string): string {
  const bare = address.trim();
  return mailbox.test(bare) ? displayAddress(bare) : displayName(address);
}

/** A domain, of which no mail program makes a link: who lost it may find a stranger behind it. */
export function displayDomain(domain: string): string {
  return clip(plainLine(domain).replaceAll(/\s+/gu, ''), 253).replaceAll(dotInside, '$1\u2060');
}

/** A technical text with parts that strangers chose, on one line: it keeps its addresses, but none becomes a link. */
export function displayDetail(text: string, longest = 300): string {
  const line = clip(plainLine(text).replaceAll(/\s+/gu, ' ').trim(), longest);
  return line.replaceAll(dotInside, '$1\u2060').replaceAll(/(?<=\S)([:@＠])(?=\S)/gu, '$1\u2060');
}

function plainLine(text: string): string {
  const read = text.slice(0, longestRead).normalize('NFC');
  return read.replaceAll(lineBreaks, ' ').replaceAll(unseen, '').replaceAll(towers, '$1');
}

function clip(text: string, longest: number): string {
  const characters = [...text];
  return characters.length > longest
    ? `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : text;
}
