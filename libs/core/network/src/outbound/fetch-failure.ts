import { types } from 'node:util';
import { SsoError, type UnreachableReason } from '@gatehouse/core';
import { errors } from 'undici';
import { errorCode } from '../error-code';
import { tlsFault, tlsMessages, type TlsFault } from './tls-fault';

const messages: Readonly<Record<Exclude<UnreachableReason, 'tls'>, string>> = {
  dns: 'The host name in the address was not found. Check its spelling, and that it is visible from the internet.',
  refused: 'The server refused the connection. Check the port in the address and that the server is running.',
  unreachable: 'The connection to the server broke off. Check that its firewall lets us in, then try again.',
  status:
    'The server answered with an error. Open the address in a browser that is not signed in, and correct it.',
  redirects: 'The address leads on to others too many times. Enter the address it ends at.',
  elsewhere: 'The address leads on to another site. Enter the address it ends at.',
  protocol: 'The server did not answer with valid HTTP. Check the port in the address.',
};

type Reason = keyof typeof messages;

const codes: ReadonlyMap<string, Reason> = new Map([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['EAI_NODATA', 'dns'],
  ['EAI_FAIL', 'dns'],
  ['ECONNREFUSED', 'refused'],
]);

const timeouts = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

const httpCode = /^(HPE_|Z_|ERR__ERROR_|UND_ERR_(?!SOCKET))/;

/** The refusal of a fetch that failed for a reason the admin, or whoever runs the other server, can mend. */
export function unreachable(
  reason: Reason,
  host: string,
  more: { status?: number; got?: string } = {},
): SsoError {
  return new SsoError('metadata_unreachable', messages[reason], { reason, host, ...more });
}

export function timedOut(host: string, timeoutMs: number): SsoError {
  return new SsoError(
    'network_timeout',
    `The server did not answer in full within ${timeoutMs / 1000} seconds. Try again later, or upload the document.`,
    { want: timeoutMs, host },
  );
}

// With several addresses tried, Node reports an AggregateError: its first failure speaks for all.
function rootOf(error: unknown): unknown {
  if (!types.isNativeError(error)) return error;
  const tried: unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  if (tried.length > 0) return rootOf(tried[0]);
  return error.cause === undefined ? error : rootOf(error.cause);
}

function untrusted(host: string, fault: TlsFault, got: string): SsoError {
  return new SsoError('metadata_unreachable', tlsMessages[fault], { reason: 'tls', tls: fault, host, got });
}

function reasonOf(error: unknown): Reason {
  const code = errorCode(error);
  const known = codes.get(code);
  if (known !== undefined) return known;
  return error instanceof errors.HTTPParserError || httpCode.test(code) ? 'protocol' : 'unreachable';
}

/** Turns what a socket, TLS or the HTTP parser threw into a refusal; the addresses those errors carry are left behind. */
export function fetchFailure(error: unknown, host: string, timeoutMs: number): SsoError {
  const root = rootOf(error);
  if (root instanceof SsoError) return root;
  const code = errorCode(root);
  if (timeouts.has(code)) return timedOut(host, timeoutMs);
  const fault = tlsFault(code);
  if (fault !== undefined) return untrusted(host, fault, code);
  return unreachable(reasonOf(root), host, code === '' ? {} : { got: code });
}
