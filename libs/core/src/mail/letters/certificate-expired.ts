import { displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { CertificateExpiredMessage } from '../mail-message';
import { certificateValues } from './named-certificate';

const inSubject = 40;

export const certificateExpired: Translated<CertificateExpiredMessage> = {
  en: (message, time) => ({
    subject: `A certificate of “${displayName(message.connection, inSubject)}” has expired`,
    paragraphs: [
      `A certificate by which answers from “${displayName(message.connection)}” are recognised for “${displayName(message.organisation)}” expired on ${time(message.notAfter)}.`,
      message.refuses
        ? 'The connection is set to refuse what is signed with it: whoever signs in by this certificate is turned away from now on.'
        : 'The connection is set to warn only: sign-ins by this certificate still go on.',
      'Ask whoever runs your identity provider for the certificate that it signs with now, and add it to the connection, or have the connection load its metadata again.',
    ],
    values: certificateValues(message, 'en', time),
    advice:
      'Every owner gets this mail. If another certificate is in use already, remove this one and all is well. Owners can still get in by their emergency access.',
  }),
  de: (message, time) => ({
    subject: `Ein Zertifikat von „${displayName(message.connection, inSubject)}“ ist abgelaufen`,
    paragraphs: [
      `Ein Zertifikat, an dem die Antworten von „${displayName(message.connection)}“ für „${displayName(message.organisation)}“ erkannt werden, ist am ${time(message.notAfter)} abgelaufen.`,
      message.refuses
        ? 'Die Verbindung ist so eingestellt, dass sie abweist, was damit signiert ist: Wer sich über dieses Zertifikat anmeldet, wird ab jetzt abgewiesen.'
        : 'Die Verbindung ist so eingestellt, dass sie nur warnt: Anmeldungen über dieses Zertifikat gehen vorerst weiter.',
      'Lassen Sie sich das Zertifikat geben, mit dem Ihr Identitätsanbieter jetzt signiert, und fügen Sie es der Verbindung hinzu, oder lassen Sie die Verbindung ihre Metadaten neu laden.',
    ],
    values: certificateValues(message, 'de', time),
    advice:
      'Diese E-Mail erhalten alle Inhaberinnen und Inhaber. Ist schon ein anderes Zertifikat in Gebrauch, entfernen Sie dieses, und alles ist in Ordnung. Inhaberinnen und Inhaber kommen weiter über ihren Notzugang hinein.',
  }),
  fr: (message, time) => ({
    subject: `Un certificat de « ${displayName(message.connection, inSubject)} » a expiré`,
    paragraphs: [
      `Un certificat qui permet de reconnaître les réponses de « ${displayName(message.connection)} » pour « ${displayName(message.organisation)} » a expiré le ${time(message.notAfter)}.`,
      message.refuses
        ? 'La connexion est réglée pour refuser ce qu’il signe : quiconque se connecte par ce certificat est désormais refusé.'
        : 'La connexion est réglée pour avertir seulement : on peut encore se connecter par ce certificat.',
      'Demandez à la personne qui gère votre fournisseur d’identité le certificat avec lequel il signe maintenant et ajoutez-le à la connexion, ou faites recharger ses métadonnées.',
    ],
    values: certificateValues(message, 'fr', time),
    advice:
      'Tous les propriétaires reçoivent ce message. Si un autre certificat est déjà utilisé, retirez celui-ci et tout est en ordre. Les propriétaires peuvent toujours entrer par leur accès d’urgence.',
  }),
};
