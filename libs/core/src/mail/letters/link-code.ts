import { displayMailbox, displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { LinkCodeMessage } from '../mail-message';

const inSubject = 40;

// The code stands in no subject: those are shown on locked screens.
export const linkCode: Translated<LinkCodeMessage> = {
  en: ({ organisation, connection, identity, code, expiresAt }, time) => ({
    subject: `Is this you, at “${displayName(organisation, inSubject)}”? Your code`,
    paragraphs: [
      `Somebody signed in through “${displayName(connection)}”${identity === undefined ? '' : ` as ${displayMailbox(identity)}`} and wants to connect that sign-in to your account at “${displayName(organisation)}”. The two are not connected yet, so we ask you here, in the mailbox of the account.`,
      `If that is you, type this code on the page where you were asked for it. It works once, until ${time(expiresAt)}.`,
    ],
    values: [{ label: 'Code', value: code }],
    advice:
      'If that was not you, tell nobody the code and ignore this mail: without it nothing is connected, and your account stays as it is.',
  }),
  de: ({ organisation, connection, identity, code, expiresAt }, time) => ({
    subject: `Sind Sie das, bei „${displayName(organisation, inSubject)}“? Ihr Code`,
    paragraphs: [
      `Jemand hat sich über „${displayName(connection)}“${identity === undefined ? '' : ` als ${displayMailbox(identity)}`} angemeldet und möchte diese Anmeldung mit Ihrem Konto bei „${displayName(organisation)}“ verknüpfen. Beide sind noch nicht verknüpft, deshalb fragen wir Sie hier, im Postfach des Kontos.`,
      `Wenn Sie das sind, geben Sie diesen Code auf der Seite ein, auf der Sie danach gefragt wurden. Er gilt einmal, bis ${time(expiresAt)}.`,
    ],
    values: [{ label: 'Code', value: code }],
    advice:
      'Wenn Sie das nicht waren, geben Sie den Code niemandem und beachten Sie diese E-Mail nicht: Ohne ihn wird nichts verknüpft, und Ihr Konto bleibt, wie es ist.',
  }),
  fr: ({ organisation, connection, identity, code, expiresAt }, time) => ({
    subject: `Est-ce bien vous, chez « ${displayName(organisation, inSubject)} » ? Votre code`,
    paragraphs: [
      `Quelqu’un s’est connecté avec « ${displayName(connection)} »${identity === undefined ? '' : ` en tant que ${displayMailbox(identity)}`} et souhaite associer cette connexion à votre compte chez « ${displayName(organisation)} ». Les deux ne sont pas encore associés : c’est pourquoi nous vous le demandons ici, à l’adresse de ce compte.`,
      `Si c’est vous, saisissez ce code sur la page où il vous a été demandé. Il fonctionne une seule fois, jusqu’au ${time(expiresAt)}.`,
    ],
    values: [{ label: 'Code', value: code }],
    advice:
      'Si ce n’était pas vous, ne donnez ce code à personne et ignorez ce message : sans lui, rien n’est associé et votre compte reste inchangé.',
  }),
};
