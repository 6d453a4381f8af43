import { inflateRawSync } from 'node:zlib';
import { SsoError } from '@gatehouse/core';
import { decodeBase64 } from '../xml/decode-base64';
import { gateBytes, maxMessageBytes } from '../xml/gate-bytes';

/** A protocol message as a browser brought it; nothing of it is verified. */
export interface IncomingMessage {
  readonly binding: 'redirect' | 'post';
  readonly kind: 'SAMLRequest' | 'SAMLResponse';
  /** The message in base64; deflated too, if by redirect. */
  readonly encoded: string;
  readonly relayState?: string;
  /** By redirect the signature stands beside the message, over the query's own octets. */
  readonly query?: QuerySignature;
}

/** SAML Bindings 3.4.4.1: what was signed, exactly as it came. */
export interface QuerySignature {
  readonly material: string;
  readonly algorithm: string;
  readonly value: string;
}

const kinds = ['SAMLRequest', 'SAMLResponse'] as const;
const known: readonly string[] = [...kinds, 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding'];

/** `query` is the part after the question mark as it came: the signature covers these octets and no others (SAML Bindings 3.4.4.1). */
export function readRedirectQuery(query: string): IncomingMessage {
  const raw = rawParameters(query);
  const values = new Map([...raw].map(([name, value]) => [name, decode(value)]));
  refuseOtherEncoding(values.get('SAMLEncoding'));
  const message = readMessage('redirect', values);
  const [algorithm, value] = [values.get('SigAlg'), values.get('Signature')];
  if (algorithm === undefined || value === undefined) return message;
  const signed = [message.kind, 'RelayState', 'SigAlg'].filter((name) => raw.has(name));
  const material = signed.map((name) => `${name}=${raw.get(name) ?? ''}`).join('&');
  return { ...message, query: { material, algorithm, value } };
}

/** SAML Bindings 3.5: the fields of the form that was posted. */
export function readPostedForm(fields: Readonly<Record<string, string | undefined>>): IncomingMessage {
  const values = new Map(
    known.flatMap((name) => {
      const value = fields[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  return readMessage('post', values);
}

/** The XML of the message, gated like every document that arrives. */
export function textOf({ binding, encoded }: IncomingMessage): string {
  return gateBytes(binding === 'post' ? encoded : inflated(encoded));
}

// A parameter that came twice would mean one thing to a verifier and another to a reader.
function rawParameters(query: string): ReadonlyMap<string, string> {
  const raw = new Map<string, string>();
  for (const pair of query.split('&')) {
    const at = pair.indexOf('=');
    const name = at === -1 ? pair : pair.slice(0, at);
    if (!known.includes(name)) continue;
    if (raw.has(name)) throw malformed('each parameter once', `${name} twice`);
    raw.set(name, at === -1 ? '' : pair.slice(at + 1));
  }
  return raw;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    throw malformed('percent-encoded UTF-8', value.slice(0, 80));
  }
}

function refuseOtherEncoding(encoding: string | undefined): void {
  const deflate = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE';
  if (encoding !== undefined && encoding !== deflate) throw malformed(deflate, encoding.slice(0, 200));
}

function readMessage(
  binding: IncomingMessage['binding'],
  values: ReadonlyMap<string, string>,
): IncomingMessage {
  const [kind, ...more] = kinds.filter((name) => values.has(name));
  if (kind === undefined || more.length > 0)
    throw malformed('SAMLRequest or SAMLResponse', kind === undefined ? 'neither' : 'both');
  const relayState = values.get('RelayState');
  return {
    binding,
    kind,
    encoded: values.get(kind) ?? '',
    ...(relayState === undefined ? {} : { relayState }),
  };
}

function inflated(encoded: string): string {
  const octets = decodeBase64(encoded);
  if (!octets || octets.length === 0) throw malformed('base64 of raw DEFLATE', 'something else');
  try {
    return inflateRawSync(octets, { maxOutputLength: maxMessageBytes }).toString('base64');
  } catch (cause) {
    const details = { want: `raw DEFLATE of at most ${maxMessageBytes} octets`, got: 'something else' };
    throw new SsoError('saml_encoding_invalid', 'The message cannot be inflated.', details, { cause });
  }
}

function malformed(want: string, got: string): SsoError {
  const message = 'This address takes one SAML message, by HTTP-Redirect or HTTP-POST.';
  return new SsoError('saml_encoding_invalid', message, { want, got });
}
