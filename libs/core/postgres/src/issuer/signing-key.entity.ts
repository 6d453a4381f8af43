import { EntitySchema } from 'typeorm';
import { createdColumn, key, named, text } from '../column';

/** A key that signs tokens; the private JWK is sealed under the key ring. */
export interface SigningKey {
  /** The `kid` in tokens. */
  readonly id: string;
  readonly sealedJwk: string;
  readonly createdAt: Date;
}

export const signingKeyEntity = new EntitySchema<SigningKey>({
  name: 'SigningKey',
  tableName: 'signing_keys',
  columns: { id: key, sealedJwk: named('sealed_jwk', text), createdAt: createdColumn },
});
