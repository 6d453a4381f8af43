import type { SsoConfig } from '../config.ts';
import { isObject, type JsonObject, textIn } from '../json.ts';
import { SsoError } from '../sso-error.ts';
import type { CallOptions, Transport } from '../transport.ts';
import type { Issuer } from './issuer.ts';

/** The only algorithms accepted: `none` and the HMAC family are not in the list, so they cannot be chosen. */
export const algorithms = {
  ES256: {
    kty: 'EC',
    import: { name: 'ECDSA', namedCurve: 'P-256' },
    verify: { name: 'ECDSA', hash: 'SHA-256' },
  },
  RS256: {
    kty: 'RSA',
    import: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    verify: { name: 'RSASSA-PKCS1-v1_5' },
  },
} as const;
export type Algorithm = keyof typeof algorithms;

const lifetime = 600_000;
const pauseBetweenRefetches = 30_000;

/** The issuer's public keys. An unknown key id causes one more fetch, at most every 30 seconds. */
export class KeySet {
  private keys: readonly JsonObject[] = [];
  private fetchedAt = -Infinity;
  private readonly imported = new Map<string, ReturnType<typeof importKey>>();

  constructor(
    private readonly config: SsoConfig,
    private readonly issuer: Issuer,
    private readonly transport: Transport,
  ) {}

  async key(algorithm: Algorithm, kid: string | undefined, options?: CallOptions) {
    if (this.age() >= lifetime) await this.fetch(options);
    let found = this.find(algorithm, kid);
    if (found === undefined && this.age() >= pauseBetweenRefetches) {
      await this.fetch(options);
      found = this.find(algorithm, kid);
    }
    if (found === undefined) throw unknownKey(kid);
    return this.import(algorithm, found);
  }

  private age(): number {
    return this.config.now().getTime() - this.fetchedAt;
  }

  private find(algorithm: Algorithm, kid: string | undefined): JsonObject | undefined {
    const fitting = this.keys.filter(
      (key) => fits(key, algorithm) && (kid === undefined || key['kid'] === kid),
    );
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  private async fetch(options?: CallOptions): Promise<void> {
    const { jwksUri } = await this.issuer.metadata(options);
    const document = await this.transport.json({ url: jwksUri }, options);
    const keys = isObject(document) ? document['keys'] : undefined;
    this.keys = Array.isArray(keys) ? keys.filter(isObject) : [];
    this.imported.clear();
    this.fetchedAt = this.config.now().getTime();
  }

  private import(algorithm: Algorithm, key: JsonObject) {
    const name = `${algorithm} ${String(key['kid'])}`;
    const known = this.imported.get(name) ?? importKey(algorithm, key);
    this.imported.set(name, known);
    return known;
  }
}

function fits(key: JsonObject, algorithm: Algorithm): boolean {
  const use = key['use'] ?? 'sig';
  const alg = key['alg'] ?? algorithm;
  return key['kty'] === algorithms[algorithm].kty && use === 'sig' && alg === algorithm;
}

// Only the public members are taken over, whatever else the document holds.
async function importKey(algorithm: Algorithm, key: JsonObject) {
  const { kty, import: parameters } = algorithms[algorithm];
  const point = { kty, crv: textIn(key, 'crv') ?? '', x: textIn(key, 'x') ?? '', y: textIn(key, 'y') ?? '' };
  const modulus = { kty, n: textIn(key, 'n') ?? '', e: textIn(key, 'e') ?? '' };
  // RFC 7518 3.3: at least 2048 bits, which is 342 characters.
  if (kty === 'RSA' && modulus.n.length < 342) throw unknownKey(textIn(key, 'kid'));
  return crypto.subtle.importKey('jwk', kty === 'EC' ? point : modulus, parameters, false, ['verify']);
}

function unknownKey(kid: string | undefined): SsoError {
  return new SsoError('token_invalid', `The issuer has no key "${kid ?? '(none)'}" that fits this token.`, {
    httpStatus: 401,
  });
}
