import type { SsoConfig } from '../config.ts';
import { fromBase64Url, fromUtf8, utf8 } from '../encoding.ts';
import { isObject, type JsonObject, numberIn, parseJson, textIn } from '../json.ts';
import { SsoError } from '../sso-error.ts';
import type { CallOptions } from '../transport.ts';
import { type Algorithm, algorithms, type KeySet } from './key-set.ts';

const clockSkew = 60;

/** Against what a token of the issuer is verified. */
export interface Verifier {
  readonly config: SsoConfig;
  readonly keys: KeySet;
}

/** A token whose signature, issuer, audience and times are right; what it says is another question. */
export interface VerifiedToken {
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

/** Verifies a token where it is: signed by the issuer, for this application, and not over. */
export async function verifyToken(
  token: string,
  { config, keys }: Verifier,
  options?: CallOptions,
): Promise<VerifiedToken> {
  const { header, claims, signed, signature } = split(token);
  const algorithm = pinned(header);
  const key = await keys.key(algorithm, textIn(header, 'kid'), options);
  if (!(await crypto.subtle.verify(algorithms[algorithm].verify, key, signature, utf8(signed)))) {
    throw invalid('The signature of the token is wrong.');
  }
  checkParties(claims, config);
  checkTimes(claims, config.now().getTime() / 1000);
  return { header, claims };
}

function split(token: string) {
  const [head = '', body = '', mark = '', ...rest] = token.split('.');
  const header = decode(head);
  const claims = decode(body);
  const signature = fromBase64Url(mark);
  if (!isObject(header) || !isObject(claims) || signature === undefined || rest.length > 0) {
    throw invalid('This is not a signed token.');
  }
  return { header, claims, signature, signed: `${head}.${body}` };
}

function decode(part: string): unknown {
  const bytes = fromBase64Url(part);
  if (bytes === undefined) return undefined;
  try {
    return parseJson(fromUtf8(bytes));
  } catch {
    return undefined;
  }
}

function pinned(header: JsonObject): Algorithm {
  // RFC 7515 4.1.11: extensions that are not understood must be refused.
  if ('crit' in header) throw invalid('The token demands an extension that is not understood.');
  const { alg } = header;
  if (alg === 'ES256' || alg === 'RS256') return alg;
  throw invalid(`The algorithm "${String(alg)}" is not accepted; only ES256 and RS256 are.`);
}

function checkParties(claims: JsonObject, { issuer, clientId }: SsoConfig): void {
  if (claims['iss'] !== issuer) throw invalid('The token is of another issuer (iss).');
  const { aud, azp } = claims;
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  if (!audiences.includes(clientId)) throw invalid('The token is for another application (aud).');
  if ((azp !== undefined || audiences.length > 1) && azp !== clientId) {
    throw invalid('The token was issued to another application (azp).');
  }
}

function checkTimes(claims: JsonObject, now: number): void {
  const expires = numberIn(claims, 'exp');
  const issued = numberIn(claims, 'iat');
  if (expires === undefined || issued === undefined) throw invalid('The token has no times (exp, iat).');
  if (expires + clockSkew <= now) {
    throw new SsoError('token_expired', 'The token is over.', {
      httpStatus: 401,
      hint: 'Compare the clocks.',
    });
  }
  if (issued - clockSkew > now) throw invalid('The token comes from the future (iat): compare the clocks.');
}

/** Refuses a token that was made longer ago than that, whatever end it gives itself. */
export function refuseOlder({ claims }: VerifiedToken, seconds: number, { now }: SsoConfig): void {
  const issued = numberIn(claims, 'iat') ?? 0;
  if (issued + seconds + clockSkew < now().getTime() / 1000) throw invalid('The token is too old (iat).');
}

export function invalid(message: string): SsoError {
  return new SsoError('token_invalid', message, { httpStatus: 401 });
}
