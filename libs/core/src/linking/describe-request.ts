import type { Connection, IdpDescription } from '../connections/connection';
import type { Chance } from '../shared/chance';
import { linkRequestId, mailId } from '../shared/ids';
import { createToken, hashToken } from '../shared/token';
import type { Tenant } from '../tenants/tenant';
import { linkRequestMs } from './link-request';
import type { AskableMember, FreshRequest } from './link-request-store';

/** A connection by which people can sign in. */
export type AskingConnection = Connection & { readonly enabledAt: Date; readonly idp: IdpDescription };

/** Who asks, for which identity provider, and under which address the links lead. */
export interface AskingParty {
  readonly publicUrl: string;
  readonly tenant: Pick<Tenant, 'name'>;
  readonly connection: Pick<Connection, 'id' | 'label'>;
  readonly issuer: string;
}

/** The link itself is in the letter and nowhere else. */
export function describeRequest(
  { publicUrl, tenant, connection, issuer }: AskingParty,
  { person: { user, member }, ...inLanguage }: AskableMember,
  now: Date,
  chance: Chance,
): FreshRequest {
  const token = createToken(chance);
  const [id, expiresAt] = [linkRequestId.create(now, chance), new Date(now.getTime() + linkRequestMs)];
  const named = { organisation: tenant.name, connection: connection.label };
  const url = `${publicUrl}/link/${token}`;
  return {
    request: {
      ...{ id, tenantId: member.tenantId, userId: user.id, memberId: member.id },
      ...{ connectionId: connection.id, issuer, email: user.email, ...inLanguage },
      ...{ tokenHash: hashToken(token), createdAt: now, expiresAt },
    },
    mail: {
      ...{ id: mailId.create(now, chance), to: user.email, ...inLanguage, createdAt: now },
      message: { kind: 'link-request', requestId: id, ...named, url, expiresAt },
    },
  };
}
