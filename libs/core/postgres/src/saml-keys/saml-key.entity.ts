import type { SamlKey } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, key, named, text, time } from '../column';

export const samlKeyEntity = new EntitySchema<SamlKey>({
  name: 'SamlKey',
  tableName: 'saml_keys',
  columns: {
    id: key,
    state: text,
    sealedPrivateKey: named('sealed_private_key', text),
    certificatePem: named('certificate_pem', text),
    createdAt: createdColumn,
    since: time,
  },
  uniques: [{ name: 'saml_keys_state', columns: ['state'] }],
});
