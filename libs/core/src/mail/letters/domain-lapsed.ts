import { displayDomain, displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { DomainLapsedMessage } from '../mail-message';
import { dnsRecord } from './dns-record';
import { touchedMembers } from './touched-members';

export const domainLapsed: Translated<DomainLapsedMessage> = {
  en: ({ organisation, domain, record, ...touched }) => ({
    subject: `The domain ${displayDomain(domain)} has lapsed`,
    paragraphs: [
      `The proof that ${displayDomain(domain)} is a domain of “${displayName(organisation)}” has been missing for too long, so the domain has lapsed.`,
      'Its addresses no longer lead to your single sign-on, and nobody new can join or be linked through it. Whoever is linked already keeps signing in; no account and no membership was removed.',
      ...touchedMembers(touched, 'en'),
      'To get it back, publish this TXT record in its DNS. It is looked for every day, and everything works again by itself once it is found.',
    ],
    values: dnsRecord(record, 'en'),
    advice: `Every owner gets this mail. If the domain is no longer yours, remove it in the settings of “${displayName(organisation)}”, and give the people who have an address there another one.`,
  }),
  de: ({ organisation, domain, record, ...touched }) => ({
    subject: `Die Domain ${displayDomain(domain)} ist erloschen`,
    paragraphs: [
      `Der Nachweis, dass ${displayDomain(domain)} eine Domain von „${displayName(organisation)}“ ist, fehlt zu lange; deshalb ist die Domain erloschen.`,
      'Ihre Adressen führen nicht mehr zu Ihrem Single Sign-on, und niemand kann mehr über sie beitreten oder verknüpft werden. Wer schon verknüpft ist, meldet sich weiter an; kein Konto und keine Mitgliedschaft wurde entfernt.',
      ...touchedMembers(touched, 'de'),
      'Um sie zurückzubekommen, veröffentlichen Sie diesen TXT-Eintrag in ihrem DNS. Er wird täglich gesucht, und sobald er gefunden ist, geht alles von selbst wieder.',
    ],
    values: dnsRecord(record, 'de'),
    advice: `Diese E-Mail erhalten alle Inhaberinnen und Inhaber. Wenn die Domain nicht mehr Ihnen gehört, entfernen Sie sie in den Einstellungen von „${displayName(organisation)}“ und geben Sie den Personen mit einer Adresse dort eine andere.`,
  }),
  fr: ({ organisation, domain, record, ...touched }) => ({
    subject: `Le domaine ${displayDomain(domain)} est caduc`,
    paragraphs: [
      `La preuve que ${displayDomain(domain)} est un domaine de « ${displayName(organisation)} » manque depuis trop longtemps : le domaine est donc devenu caduc.`,
      'Ses adresses ne mènent plus à votre authentification unique, et plus personne ne peut rejoindre l’organisation ni être associé par ce domaine. Les personnes déjà associées continuent à se connecter ; aucun compte et aucune adhésion n’ont été supprimés.',
      ...touchedMembers(touched, 'fr'),
      'Pour le récupérer, publiez cet enregistrement TXT dans son DNS. Il est recherché chaque jour et, dès qu’il est trouvé, tout fonctionne de nouveau.',
    ],
    values: dnsRecord(record, 'fr'),
    advice: `Tous les propriétaires reçoivent ce message. Si le domaine ne vous appartient plus, retirez-le dans les réglages de « ${displayName(organisation)} » et donnez une autre adresse aux personnes qui en ont une dans ce domaine.`,
  }),
};
