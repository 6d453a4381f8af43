import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

export interface AuthenticatorOptions {
  readonly origin: string;
  readonly rpId: string;
}

/** What one answer says otherwise than an honest authenticator would. */
export interface Bent {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly verified?: boolean;
  readonly counter?: number;
  readonly userHandle?: string | undefined;
}

/** A passkey in software: makes and uses one ES256 key as Web Authentication says, for tests only. */
export class SoftAuthenticator {
  readonly id = randomBytes(16).toString('base64url');
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private counter = 0;
  private userHandle: string | undefined;

  constructor(private readonly options: AuthenticatorOptions) {}

  /** The answer to the options of a registration. */
  register(asked: { readonly challenge: string; readonly user: { readonly id: string } }, bent: Bent = {}) {
    this.userHandle = asked.user.id;
    const clientDataJSON = this.clientData('webauthn.create', asked.challenge, bent);
    const authData = Buffer.concat([this.authenticatorData(bent, 0x40), this.attestedKey()]);
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3]),
      ...[textOf('fmt'), textOf('none'), textOf('attStmt'), Buffer.from([0xa0])],
      ...[textOf('authData'), Buffer.from([0x59, authData.length >> 8, authData.length & 0xff]), authData],
    ]);
    const response = { clientDataJSON, attestationObject: attestationObject.toString('base64url') };
    return this.credential({ ...response, transports: ['internal'] });
  }

  /** The answer to the options of a sign-in. */
  sign(asked: { readonly challenge: string }, bent: Bent = {}) {
    this.counter += 1;
    const clientDataJSON = this.clientData('webauthn.get', asked.challenge, bent);
    const authenticatorData = this.authenticatorData(bent, 0);
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const signed = Buffer.concat([authenticatorData, hash]);
    return this.credential({
      clientDataJSON,
      authenticatorData: authenticatorData.toString('base64url'),
      signature: createSign('sha256').update(signed).sign(this.keys.privateKey).toString('base64url'),
      userHandle: 'userHandle' in bent ? bent.userHandle : this.userHandle,
    });
  }

  private credential(response: object) {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response };
  }

  private clientData(type: string, challenge: string, bent: Bent): string {
    const said = { type, challenge: bent.challenge ?? challenge, origin: bent.origin ?? this.options.origin };
    return Buffer.from(JSON.stringify({ ...said, crossOrigin: false })).toString('base64url');
  }

  private authenticatorData({ rpId, verified = true, counter }: Bent, more: number): Buffer {
    const hash = createHash('sha256').update(rpId ?? this.options.rpId);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter ?? this.counter);
    return Buffer.concat([hash.digest(), Buffer.from([0x01 | (verified ? 0x04 : 0) | more]), count]);
  }

  /** COSE (RFC 9053 7.1.1) behind the ID of the credential (Web Authentication 6.5.1). */
  private attestedKey(): Buffer {
    const { x = '', y = '' } = this.keys.publicKey.export({ format: 'jwk' });
    const id = Buffer.from(this.id, 'base64url');
    return Buffer.concat([
      ...[Buffer.alloc(16), Buffer.from([0, id.length]), id],
      ...[Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20])],
      ...[Buffer.from(x, 'base64url'), Buffer.from([0x22, 0x58, 0x20]), Buffer.from(y, 'base64url')],
    ]);
  }
}

function textOf(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
}
