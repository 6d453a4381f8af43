import { displayDomain, displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { DomainRecoveredMessage } from '../mail-message';

export const domainRecovered: Translated<DomainRecoveredMessage> = {
  en: ({ organisation, domain }) => ({
    subject: `The proof of the domain ${displayDomain(domain)} is back`,
    paragraphs: [
      `The proof that ${displayDomain(domain)} is a domain of “${displayName(organisation)}” was found again.`,
      'Its addresses lead to your single sign-on, and people can join and be linked through it as before. Nothing needs to be done.',
    ],
    advice:
      'Every owner gets this mail. If none of you brought the proof back, ask whoever looks after your DNS what was changed.',
  }),
  de: ({ organisation, domain }) => ({
    subject: `Der Nachweis der Domain ${displayDomain(domain)} ist wieder da`,
    paragraphs: [
      `Der Nachweis, dass ${displayDomain(domain)} eine Domain von „${displayName(organisation)}“ ist, wurde wieder gefunden.`,
      'Ihre Adressen führen zu Ihrem Single Sign-on, und man kann wie zuvor über sie beitreten und verknüpft werden. Es ist nichts zu tun.',
    ],
    advice:
      'Diese E-Mail erhalten alle Inhaberinnen und Inhaber. Wenn niemand von Ihnen den Nachweis zurückgebracht hat, fragen Sie die Stelle, die Ihr DNS betreut, was geändert wurde.',
  }),
  fr: ({ organisation, domain }) => ({
    subject: `La preuve du domaine ${displayDomain(domain)} est de retour`,
    paragraphs: [
      `La preuve que ${displayDomain(domain)} est un domaine de « ${displayName(organisation)} » a été retrouvée.`,
      'Ses adresses mènent à votre authentification unique, et l’on peut comme avant rejoindre l’organisation et être associé par ce domaine. Il n’y a rien à faire.',
    ],
    advice:
      'Tous les propriétaires reçoivent ce message. Si aucun d’entre vous n’a rétabli la preuve, demandez à la personne qui gère votre DNS ce qui a changé.',
  }),
};
