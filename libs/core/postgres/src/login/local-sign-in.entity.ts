import { EntitySchema } from 'typeorm';
import { integer, key, named, optional, text, time } from '../column';

export const localSignInEntity = new EntitySchema({
  name: 'LocalSignIn',
  tableName: 'local_sign_ins',
  columns: {
    browserKeyHash: named('browser_key_hash', key),
    /** Empty where no interaction waits. */
    interactionId: named('interaction_id', key),
    id: text,
    userId: named('user_id', text),
    via: text,
    secondFactor: named('second_factor', optional(text)),
    purpose: text,
    /** What was asked for, which may be no tenant of the person: no reference, and no row of that tenant. */
    tenantIdAsked: named('tenant_id_asked', optional(text)),
    tries: integer,
    authenticatedAt: named('authenticated_at', time),
    expiresAt: named('expires_at', time),
  },
  uniques: [{ name: 'local_sign_ins_id', columns: ['id'] }],
  indices: [
    { name: 'local_sign_ins_user', columns: ['userId'] },
    { name: 'local_sign_ins_expiry', columns: ['expiresAt'] },
  ],
  foreignKeys: [
    {
      name: 'local_sign_ins_user_fk',
      target: 'User',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
    },
  ],
});
