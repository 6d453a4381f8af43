import { displayDetail, displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { MetadataRefusedMessage } from '../mail-message';

const inSubject = 40;

export const metadataRefused: Translated<MetadataRefusedMessage> = {
  en: ({ organisation, connection, reason, at }, time) => ({
    subject: `The metadata of “${displayName(connection, inSubject)}” was not taken over`,
    paragraphs: [
      `On ${time(at)} the connection “${displayName(connection)}” of “${displayName(organisation)}” loaded the metadata of its identity provider again, and could not take it over.`,
      'Nothing was changed: sign-ins go on with the addresses and certificates that stand in the connection. But a new certificate of the identity provider is not taken over either while this lasts.',
      'Show this to whoever runs your identity provider. The metadata is loaded again every day. If the identity provider was replaced on purpose, enter the new one in the connection yourself.',
    ],
    values: [{ label: 'What is wrong', value: displayDetail(reason) }],
    advice:
      'Every owner gets this mail. If you know of no change at your identity provider, find out who made it before you take anything over by hand.',
  }),
  de: ({ organisation, connection, reason, at }, time) => ({
    subject: `Die Metadaten von „${displayName(connection, inSubject)}“ wurden nicht übernommen`,
    paragraphs: [
      `Am ${time(at)} hat die Verbindung „${displayName(connection)}“ von „${displayName(organisation)}“ die Metadaten ihres Identitätsanbieters neu geladen und konnte sie nicht übernehmen.`,
      'Geändert wurde nichts: Anmeldungen gehen weiter mit den Adressen und Zertifikaten, die in der Verbindung stehen. Solange das so bleibt, wird aber auch kein neues Zertifikat des Identitätsanbieters übernommen.',
      'Zeigen Sie dies der Stelle, die Ihren Identitätsanbieter betreut. Die Metadaten werden täglich neu geladen. Wurde der Identitätsanbieter mit Absicht ersetzt, tragen Sie den neuen selbst in der Verbindung ein.',
    ],
    values: [{ label: 'Was nicht stimmt (englisch)', value: displayDetail(reason) }],
    advice:
      'Diese E-Mail erhalten alle Inhaberinnen und Inhaber. Wenn Sie von keiner Änderung bei Ihrem Identitätsanbieter wissen, klären Sie, von wem sie ist, bevor Sie etwas von Hand übernehmen.',
  }),
  fr: ({ organisation, connection, reason, at }, time) => ({
    subject: `Les métadonnées de « ${displayName(connection, inSubject)} » n’ont pas été reprises`,
    paragraphs: [
      `Le ${time(at)}, la connexion « ${displayName(connection)} » de « ${displayName(organisation)} » a rechargé les métadonnées de son fournisseur d’identité et n’a pas pu les reprendre.`,
      'Rien n’a été modifié : on se connecte toujours avec les adresses et les certificats qui figurent dans la connexion. Mais tant que cela dure, un nouveau certificat du fournisseur d’identité n’est pas repris non plus.',
      'Montrez ceci à la personne qui gère votre fournisseur d’identité. Les métadonnées sont rechargées chaque jour. Si le fournisseur d’identité a été remplacé volontairement, saisissez vous-même le nouveau dans la connexion.',
    ],
    values: [{ label: 'Ce qui ne va pas (en anglais)', value: displayDetail(reason) }],
    advice:
      'Tous les propriétaires reçoivent ce message. Si vous n’avez connaissance d’aucun changement chez votre fournisseur d’identité, cherchez qui l’a fait avant de reprendre quoi que ce soit à la main.',
  }),
};
