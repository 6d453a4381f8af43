import type { ErrorCode } from '../shared/error-codes';
import { SsoError, type ErrorDetails } from '../shared/sso-error';
import type { ProofReading, TagInstructions } from './domain-proof';

const publish = 'Put it into the <head>, publish the page, wait 5 minutes for caches and check again.';

interface Refused {
  readonly outcome: 'absent' | 'different' | 'elsewhere';
  readonly code: ErrorCode;
  readonly message: string;
  readonly found?: readonly string[];
  readonly more?: Readonly<Record<string, unknown>>;
}

function refused(
  { by, html }: TagInstructions,
  url: string,
  { outcome, code, message, found = [], more }: Refused,
): ProofReading {
  const details = { by, lookedUp: url, want: html, got: found, ...more };
  return { outcome, found, refusal: new SsoError(code, message, details) };
}

/** The page is there, and has no such tag. */
export function noTag(tag: TagInstructions, url: string): ProofReading {
  const message = `The page at ${url} has no <meta name="${tag.name}"> in its head. ${publish}`;
  return refused(tag, url, { outcome: 'absent', code: 'domain_proof_missing', message });
}

/** The site answered, and what it answered is no page. */
export function noPage(tag: TagInstructions, url: string, contentType: string | undefined): ProofReading {
  const what = contentType === undefined ? 'There is no page' : `There is no HTML page, but ${contentType},`;
  const message = `${what} at ${url}. Publish one with the tag in its head, wait 5 minutes for caches and check again.`;
  return refused(tag, url, { outcome: 'absent', code: 'domain_proof_missing', message });
}

/** Behind the head, where visitors of a site may write, a tag proves nothing. */
export function outsideHead(tag: TagInstructions, url: string): ProofReading {
  const message = `The value was found in the page at ${url}, but not as a <meta> in its head. ${publish}`;
  return refused(tag, url, { outcome: 'elsewhere', code: 'domain_proof_elsewhere', message });
}

export function otherTag(tag: TagInstructions, url: string, found: readonly string[]): ProofReading {
  const code = found.length === 1 ? 'domain_proof_different' : 'domain_proof_several';
  const these = found.map((value) => `"${value}"`).join(', ');
  const message = `The page at ${url} has the tag, but with ${these} and not "${tag.value}". Correct it, wait 5 minutes for caches and check again.`;
  return refused(tag, url, { outcome: 'different', code, message, found });
}

export function ledAway(tag: TagInstructions, url: string, to: unknown): ProofReading {
  const message = `${url} leads to another site. Only https at the domain itself, with or without www., counts. Put the tag into the page there, or prove the domain by DNS.`;
  return refused(tag, url, { outcome: 'elsewhere', code: 'domain_page_elsewhere', message, more: { to } });
}

export function noName(tag: TagInstructions, domain: string): ProofReading {
  const message = `There is no DNS name ${domain}, so there is no page at it. Correct the domain, or prove it by DNS once it is registered.`;
  return refused(tag, domain, { outcome: 'absent', code: 'dns_name_absent', message });
}

/** Nobody could be asked: a site that is away for an hour has not lost its tag. */
export function unreachable(
  tag: TagInstructions,
  url: string,
  cause: ErrorCode,
  { reason, status, tls }: ErrorDetails,
): ProofReading {
  const why = whyUnread(cause, reason, status);
  const message = `The page at ${url} could not be read: ${why}. Check that it opens in a browser from outside your network, then try again in 5 minutes, or prove the domain by DNS.`;
  const details = { by: tag.by, lookedUp: url, cause, reason, status, tls };
  const refusal = new SsoError('domain_page_unavailable', message, details);
  return { outcome: 'unavailable', found: [], refusal };
}

function whyUnread(cause: ErrorCode, reason: unknown, status: unknown): string {
  if (cause === 'network_timeout') return 'it did not come within 5 seconds';
  if (cause === 'response_too_large') return 'it is larger than 1 MiB';
  if (reason === 'private') return 'its address is not on the public internet';
  if (reason === 'tls') return 'its TLS certificate is not accepted';
  if (reason === 'dns') return 'the address of the server was not found';
  return reason === 'status' ? `the server answered with status ${String(status)}` : 'the connection failed';
}
