import type { DeploymentHappening, DeploymentHappeningType } from '../audit/deployment-happening';
import type { Actor } from '../audit/happening';
import type { MailMessage } from '../mail/mail-message';
import type { MailLanguage, OutgoingMail } from '../mail/outgoing-mail';
import type { User } from '../members/member';
import type { Chance } from '../shared/chance';
import { mailId } from '../shared/ids';

/** What a change of somebody's credentials leaves besides itself, in one transaction: a record, and word to the person. */
export interface CredentialChange {
  readonly because: DeploymentHappening;
  readonly mail: OutgoingMail;
}

/** Who changes something, and in which language the person is told of it. */
export interface Changing {
  readonly actor: Actor;
  readonly language: MailLanguage;
}

/** Without a language where it is somebody else who makes the change: then that of the person counts, if it is known. */
export function describeChange(
  user: User,
  type: DeploymentHappeningType,
  message: MailMessage,
  { actor, ...reader }: Pick<Changing, 'actor'> & Partial<Changing>,
  now: Date,
  chance: Chance,
): CredentialChange {
  return {
    because: { type, at: now, actor, subject: user.id },
    mail: { id: mailId.create(now, chance), to: user.email, ...reader, message, createdAt: now },
  };
}
