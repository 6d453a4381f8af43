import { EntitySchema } from 'typeorm';
import { json, key, named, optional, text, time } from '../column';

/** What oidc-provider keeps (codes, tokens, grants, interactions), under the hash of its identifier. */
export interface StoredOidcModel {
  readonly kind: string;
  readonly idHash: string;
  readonly payload: unknown;
  readonly grantId?: string;
  readonly uid?: string;
  readonly userCode?: string;
  readonly expiresAt?: Date;
  readonly consumedAt?: Date;
}

export const oidcModelEntity = new EntitySchema<StoredOidcModel>({
  name: 'OidcModel',
  tableName: 'oidc_models',
  columns: {
    kind: key,
    idHash: named('id_hash', key),
    payload: json,
    grantId: named('grant_id', optional(text)),
    uid: optional(text),
    userCode: named('user_code', optional(text)),
    expiresAt: named('expires_at', optional(time)),
    consumedAt: named('consumed_at', optional(time)),
  },
  indices: [
    { name: 'oidc_models_grant', columns: ['grantId'] },
    { name: 'oidc_models_uid', columns: ['kind', 'uid'] },
    { name: 'oidc_models_user_code', columns: ['kind', 'userCode'] },
    { name: 'oidc_models_expiry', columns: ['expiresAt'] },
  ],
});
