import { displayAddress, displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { BreakGlassUsedMessage } from '../mail-message';

export const breakGlassUsed: Translated<BreakGlassUsedMessage> = {
  en: ({ organisation, person, at, address, factorSetUpAt }, time) => ({
    subject: `Emergency access to “${displayName(organisation, 40)}” was used`,
    paragraphs: [
      `${displayAddress(person)} signed in to “${displayName(organisation)}” without its single sign-on, on ${time(at)}${address === undefined ? '' : `, from the network address ${displayAddress(address)}`}.`,
      ...(factorSetUpAt === undefined
        ? []
        : [
            `The second factor was set up only on ${time(factorSetUpAt)}. Ask this person whether it is theirs: whoever knows the password could have set it up.`,
          ]),
      'Every owner gets this mail.',
    ],
    advice:
      'If none of you expected this, end the sessions of this person, have the password changed, and look into the audit log.',
  }),
  de: ({ organisation, person, at, address, factorSetUpAt }, time) => ({
    subject: `Notzugang zu „${displayName(organisation, 40)}“ wurde benutzt`,
    paragraphs: [
      `${displayAddress(person)} hat sich ohne das Single Sign-on von „${displayName(organisation)}“ angemeldet, am ${time(at)}${address === undefined ? '' : `, von der Netzwerkadresse ${displayAddress(address)}`}.`,
      ...(factorSetUpAt === undefined
        ? []
        : [
            `Der zweite Faktor wurde erst am ${time(factorSetUpAt)} eingerichtet. Fragen Sie diese Person, ob er von ihr ist: Wer das Passwort kennt, hätte ihn einrichten können.`,
          ]),
      'Diese E-Mail erhalten alle Inhaberinnen und Inhaber.',
    ],
    advice:
      'Wenn das niemand von Ihnen erwartet hat, beenden Sie die Sitzungen dieser Person, lassen Sie das Passwort ändern und sehen Sie im Audit-Protokoll nach.',
  }),
  fr: ({ organisation, person, at, address, factorSetUpAt }, time) => ({
    subject: `L’accès d’urgence à « ${displayName(organisation, 40)} » a été utilisé`,
    paragraphs: [
      `${displayAddress(person)} s’est connecté(e) à « ${displayName(organisation)} » sans son authentification unique, le ${time(at)}${address === undefined ? '' : `, depuis l’adresse réseau ${displayAddress(address)}`}.`,
      ...(factorSetUpAt === undefined
        ? []
        : [
            `Le second facteur n’a été configuré que le ${time(factorSetUpAt)}. Demandez à cette personne s’il est le sien : quiconque connaît le mot de passe aurait pu le configurer.`,
          ]),
      'Tous les propriétaires reçoivent ce message.',
    ],
    advice:
      'Si aucun d’entre vous ne s’y attendait, fermez les sessions de cette personne, faites changer le mot de passe et consultez le journal d’audit.',
  }),
};
