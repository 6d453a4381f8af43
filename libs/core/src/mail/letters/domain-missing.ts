import { displayDomain, displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { DomainMissingMessage } from '../mail-message';
import { dnsRecord } from './dns-record';
import { touchedMembers } from './touched-members';

export const domainMissing: Translated<DomainMissingMessage> = {
  en: ({ organisation, domain, since, lapsesAt, record, ...touched }, time) => ({
    subject: `The proof of the domain ${displayDomain(domain)} is missing`,
    paragraphs: [
      `“${displayName(organisation)}” has proven that ${displayDomain(domain)} is its domain. The proof is looked up every day; since ${time(since)} it has not been found.`,
      `So far everybody signs in as before. If it is still missing on ${time(lapsesAt)}, the domain lapses: its addresses no longer lead to your single sign-on, and nobody new can join or be linked through it. Whoever is linked already keeps signing in.`,
      ...touchedMembers(touched, 'en'),
      'To keep the domain, publish this TXT record in its DNS before that day. It is found by itself within a day; nothing else needs to be done.',
    ],
    values: dnsRecord(record, 'en'),
    advice: `Every owner gets this mail. If none of you changed anything, ask whoever looks after your DNS: the domain may have been moved to another provider, or may no longer be registered to you. If you have given the domain up, remove it in the settings of “${displayName(organisation)}”.`,
  }),
  de: ({ organisation, domain, since, lapsesAt, record, ...touched }, time) => ({
    subject: `Der Nachweis der Domain ${displayDomain(domain)} fehlt`,
    paragraphs: [
      `„${displayName(organisation)}“ hat nachgewiesen, dass ${displayDomain(domain)} die eigene Domain ist. Der Nachweis wird täglich gesucht; seit dem ${time(since)} wird er nicht gefunden.`,
      `Bisher melden sich alle an wie zuvor. Fehlt er am ${time(lapsesAt)} noch immer, erlischt die Domain: Ihre Adressen führen nicht mehr zu Ihrem Single Sign-on, und niemand kann mehr über sie beitreten oder verknüpft werden. Wer schon verknüpft ist, meldet sich weiter an.`,
      ...touchedMembers(touched, 'de'),
      'Um die Domain zu behalten, veröffentlichen Sie vor diesem Tag diesen TXT-Eintrag in ihrem DNS. Er wird innerhalb eines Tages von selbst gefunden; mehr ist nicht zu tun.',
    ],
    values: dnsRecord(record, 'de'),
    advice: `Diese E-Mail erhalten alle Inhaberinnen und Inhaber. Wenn niemand von Ihnen etwas geändert hat, fragen Sie die Stelle, die Ihr DNS betreut: Die Domain ist vielleicht zu einem anderen Anbieter umgezogen oder nicht mehr auf Sie registriert. Wenn Sie die Domain aufgegeben haben, entfernen Sie sie in den Einstellungen von „${displayName(organisation)}“.`,
  }),
  fr: ({ organisation, domain, since, lapsesAt, record, ...touched }, time) => ({
    subject: `La preuve du domaine ${displayDomain(domain)} est introuvable`,
    paragraphs: [
      `« ${displayName(organisation)} » a prouvé que ${displayDomain(domain)} est son domaine. La preuve est vérifiée chaque jour ; depuis le ${time(since)}, elle est introuvable.`,
      `Pour l’instant, tout le monde se connecte comme avant. Si elle manque encore le ${time(lapsesAt)}, le domaine devient caduc : ses adresses ne mènent plus à votre authentification unique, et plus personne ne peut rejoindre l’organisation ni être associé par ce domaine. Les personnes déjà associées continuent à se connecter.`,
      ...touchedMembers(touched, 'fr'),
      'Pour garder le domaine, publiez avant cette date cet enregistrement TXT dans son DNS. Il est retrouvé tout seul en moins d’un jour ; il n’y a rien d’autre à faire.',
    ],
    values: dnsRecord(record, 'fr'),
    advice: `Tous les propriétaires reçoivent ce message. Si aucun d’entre vous n’a rien changé, demandez à la personne qui gère votre DNS : le domaine a peut-être changé de fournisseur ou n’est plus enregistré à votre nom. Si vous l’avez abandonné, retirez-le dans les réglages de « ${displayName(organisation)} ».`,
  }),
};
