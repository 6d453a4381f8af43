import { parse } from 'tldts';
import type { DnsResolver } from '../shared/dns-resolver';
import type { OutboundFetch } from '../shared/outbound-fetch';
import { SsoError } from '../shared/sso-error';
import type { DomainProof, ProofReading, TagInstructions } from './domain-proof';
import * as refusals from './page-refusals';
import { readMetaTags } from './read-meta-tags';

const tagName = 'gatehouse-verify';
const limits = { maxBytes: 1024 * 1024, timeoutMs: 5_000, accept: 'text/html' };

/** A tag in the head of the page at the root of the domain (DOM-2). */
export function metaTagProof(fetch: OutboundFetch, dns: DnsResolver): DomainProof {
  const looking = { fetch, dns };
  return { kind: 'meta-tag', instructions: metaTag, check: (...asked) => check(looking, ...asked) };
}

/** The tag that proves a domain by this value. */
export function metaTag(domain: string, token: string): TagInstructions {
  return {
    by: 'meta-tag',
    urls: [`https://${domain}/`, `https://${domain}/index.html`],
    name: tagName,
    value: token,
    html: `<meta name="${tagName}" content="${token}">`,
  };
}

interface Looking {
  readonly fetch: OutboundFetch;
  readonly dns: DnsResolver;
}

// The root decides. The second page can only add what is not in the first: on most sites there is none.
async function check(
  looking: Looking,
  domain: string,
  tokens: readonly [string, ...string[]],
): Promise<ProofReading> {
  const tag = metaTag(domain, tokens[0]);
  let first: ProofReading | undefined;
  for (const url of tag.urls) {
    const reading = await look(looking, domain, url, { tag, tokens });
    if (reading.outcome === 'found') return reading;
    first ??= reading;
  }
  return first ?? refusals.noTag(tag, '');
}

interface Wanted {
  readonly tag: TagInstructions;
  readonly tokens: readonly string[];
}

async function look(
  { fetch, dns }: Looking,
  domain: string,
  url: string,
  { tag, tokens }: Wanted,
): Promise<ProofReading> {
  try {
    const page = await fetch.get(url, { ...limits, follows: (next) => isSameSite(domain, next) });
    if (!isHtml(page.contentType)) return refusals.noPage(tag, url, page.contentType);
    return readPage(new TextDecoder().decode(page.body), url, { tag, tokens });
  } catch (error) {
    if (!(error instanceof SsoError)) throw error;
    return explain(dns, domain, url, tag, error);
  }
}

/**
 * A site may answer at its name with or without `www.`, over https at the usual port: nowhere else, or whoever has a part of
 * it, or a name beside it, could speak for all of it.
 */
export function isSameSite(domain: string, next: URL): boolean {
  const host = next.hostname;
  const isTwin = host === domain || host === `www.${domain}` || `www.${host}` === domain;
  return (
    next.protocol === 'https:' && next.port === '' && isTwin && registrable(host) === registrable(domain)
  );
}

function registrable(host: string): string {
  // Below a public suffix everything belongs to somebody else; `www.ck` is registrable, `ck` is not.
  return parse(host, { allowPrivateDomains: true }).domain ?? '';
}

function isHtml(contentType = ''): boolean {
  return /^\s*(text\/html|application\/xhtml\+xml)\s*(;|$)/i.test(contentType);
}

function readPage(html: string, url: string, { tag, tokens }: Wanted): ProofReading {
  const found = readMetaTags(html, tagName);
  const token = tokens.find((each) => found.includes(each));
  if (token !== undefined) return { outcome: 'found', found: [token], token };
  if (found.length > 0) return refusals.otherTag(tag, url, found);
  return html.includes(tag.value) ? refusals.outsideHead(tag, url) : refusals.noTag(tag, url);
}

const notThere = new Set<unknown>([404, 410]);
const notFollowed = new Set<unknown>(['elsewhere', 'scheme', 'port', 'credentials', 'malformed']);

/** What was answered for certain is no proof; what was not answered says nothing. */
async function explain(
  dns: DnsResolver,
  domain: string,
  url: string,
  tag: TagInstructions,
  { details, code }: SsoError,
): Promise<ProofReading> {
  const reason = details['reason'];
  if (reason === 'status' && notThere.has(details['status'])) return refusals.noPage(tag, url, undefined);
  if (notFollowed.has(reason)) return refusals.ledAway(tag, url, details['got']);
  const isGone = reason === 'dns' && (await dns.txt(domain)).kind === 'absent';
  return isGone ? refusals.noName(tag, domain) : refusals.unreachable(tag, url, code, details);
}
