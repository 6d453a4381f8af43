import type { Actor } from '../audit/happening';
import type { Connection } from '../connections/connection';
import type { MailLanguage } from '../mail/outgoing-mail';
import type { Person } from '../members/member';
import type { Chance } from '../shared/chance';
import { linkId, mailId } from '../shared/ids';
import type { Tenant } from '../tenants/tenant';
import type { NewLink } from './new-link';

/** Which identity is linked to whom, and on whose doing. */
export interface Linking {
  readonly tenant: Pick<Tenant, 'name'>;
  readonly connection: Pick<Connection, 'id' | 'tenantId' | 'label'>;
  readonly person: Person;
  readonly identity: {
    readonly issuer: string;
    readonly subject: string;
    readonly email?: string | undefined;
  };
  readonly language?: MailLanguage | undefined;
  readonly actor: Actor;
  readonly automatic?: boolean;
  /** What else the record of it says. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The link of an existing account, the record of it and word to its person. */
export function describeNewLink(linking: Linking, now: Date, chance: Chance): NewLink {
  const { tenant, connection, person, identity, language, actor, automatic } = linking;
  const { id: connectionId, tenantId } = connection;
  const { issuer, subject, email } = identity;
  const { id: userId, email: to } = person.user;
  const id = linkId.create(now, chance);
  const data = { connectionId, ...linking.data };
  const named = email === undefined ? {} : { identity: email };
  const message = { organisation: tenant.name, connection: connection.label, ...named, at: now };
  return {
    ...(automatic && { automatic }),
    link: { id, tenantId, connectionId, userId, issuer, subject, createdAt: now },
    because: [{ type: 'member.linked', tenantId, at: now, actor, subject: person.member.id, data }],
    mail: {
      id: mailId.create(now, chance),
      to,
      ...(language && { language }),
      message: { kind: 'account-linked', ...message },
      createdAt: now,
    },
  };
}
