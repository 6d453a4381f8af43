import type { SamlKeyId } from '../shared/ids';

/**
 * One RSA key of the deployment towards all identity providers: it signs our requests and decrypts assertions.
 * `next` is shown in metadata and decrypts, `current` signs as well, `previous` still decrypts what is under way.
 */
export interface SamlKey {
  readonly id: SamlKeyId;
  readonly state: SamlKeyState;
  /** PKCS #8 in PEM, sealed under the key ring for this ID. */
  readonly sealedPrivateKey: string;
  readonly certificatePem: string;
  readonly createdAt: Date;
  /** When it came into this state. */
  readonly since: Date;
}

export type SamlKeyState = 'next' | 'current' | 'previous';

/** The step of a rotation, in their order; each waits until identity providers could follow the one before. */
export type RotationStep = 'publish' | 'switch' | 'retire';
