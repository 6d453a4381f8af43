import { displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { InvitationMessage } from '../mail-message';

const inSubject = 40;

export const invitation: Translated<InvitationMessage> = {
  en: ({ organisation, inviter, url, expiresAt }, time) => ({
    subject: `Invitation to “${displayName(organisation, inSubject)}”`,
    paragraphs: [
      inviter === undefined
        ? `You have been invited to join “${displayName(organisation)}”.`
        : `“${displayName(inviter)}” invites you to join “${displayName(organisation)}”.`,
      `The invitation is for you alone and works once, until ${time(expiresAt)}.`,
    ],
    action: { label: 'Look at the invitation', url },
    advice: 'If you do not know who invited you, ignore this mail: nothing happens unless you accept.',
  }),
  de: ({ organisation, inviter, url, expiresAt }, time) => ({
    subject: `Einladung zu „${displayName(organisation, inSubject)}“`,
    paragraphs: [
      inviter === undefined
        ? `Sie wurden zu „${displayName(organisation)}“ eingeladen.`
        : `„${displayName(inviter)}“ lädt Sie zu „${displayName(organisation)}“ ein.`,
      `Die Einladung gilt nur für Sie und nur einmal, bis ${time(expiresAt)}.`,
    ],
    action: { label: 'Einladung ansehen', url },
    advice:
      'Wenn Sie nicht wissen, wer Sie eingeladen hat, beachten Sie diese E-Mail nicht: Es geschieht nichts, solange Sie nicht annehmen.',
  }),
  fr: ({ organisation, inviter, url, expiresAt }, time) => ({
    subject: `Invitation à rejoindre « ${displayName(organisation, inSubject)} »`,
    paragraphs: [
      inviter === undefined
        ? `Vous êtes invité(e) à rejoindre « ${displayName(organisation)} ».`
        : `« ${displayName(inviter)} » vous invite à rejoindre « ${displayName(organisation)} ».`,
      `L’invitation n’est valable que pour vous et une seule fois, jusqu’au ${time(expiresAt)}.`,
    ],
    action: { label: 'Voir l’invitation', url },
    advice:
      'Si vous ne savez pas qui vous a invité(e), ignorez ce message : rien ne se passe tant que vous n’acceptez pas.',
  }),
};
