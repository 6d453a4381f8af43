import { displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { CertificateExpiringMessage } from '../mail-message';
import { certificateValues } from './named-certificate';

const inSubject = 40;

export const certificateExpiring: Translated<CertificateExpiringMessage> = {
  en: (message, time) => ({
    subject: `A certificate of “${displayName(message.connection, inSubject)}” expires within ${message.days} days`,
    paragraphs: [
      `“${displayName(message.organisation)}” signs in through “${displayName(message.connection)}”. A certificate by which answers from there are recognised expires on ${time(message.notAfter)}.`,
      'If your identity provider still signs with it then, the connection warns or refuses sign-ins, as it is set up.',
      'Before that day, ask whoever runs your identity provider for the new certificate and add it to the connection. Both are accepted until you remove the old one. Where the connection loads its metadata by itself, the new one is added as soon as it is published there.',
    ],
    values: certificateValues(message, 'en', time),
    advice:
      'Every owner gets this notice 30, 14 and 7 days before; it stops once the certificate was removed, or one that lasts longer has signed people in. If the new one is in place already, remove the old one when the connection shows that the new one is in use.',
  }),
  de: (message, time) => ({
    subject: `Ein Zertifikat von „${displayName(message.connection, inSubject)}“ läuft in höchstens ${message.days} Tagen ab`,
    paragraphs: [
      `„${displayName(message.organisation)}“ meldet sich über „${displayName(message.connection)}“ an. Ein Zertifikat, an dem die Antworten von dort erkannt werden, läuft am ${time(message.notAfter)} ab.`,
      'Wenn Ihr Identitätsanbieter dann noch damit signiert, warnt die Verbindung oder weist Anmeldungen ab, je nachdem, wie sie eingestellt ist.',
      'Lassen Sie sich vor diesem Tag von der Stelle, die Ihren Identitätsanbieter betreut, das neue Zertifikat geben und fügen Sie es der Verbindung hinzu. Beide gelten, bis Sie das alte entfernen. Lädt die Verbindung ihre Metadaten selbst, kommt das neue hinzu, sobald es dort steht.',
    ],
    values: certificateValues(message, 'de', time),
    advice:
      'Diesen Hinweis erhalten alle Inhaberinnen und Inhaber 30, 14 und 7 Tage vorher; er entfällt, sobald das Zertifikat entfernt wurde oder Anmeldungen mit einem länger gültigen signiert sind. Ist das neue schon eingetragen, entfernen Sie das alte, wenn die Verbindung zeigt, dass das neue benutzt wird.',
  }),
  fr: (message, time) => ({
    subject: `Un certificat de « ${displayName(message.connection, inSubject)} » expire dans ${message.days} jours au plus`,
    paragraphs: [
      `« ${displayName(message.organisation)} » se connecte avec « ${displayName(message.connection)} ». Un certificat qui permet d’en reconnaître les réponses expire le ${time(message.notAfter)}.`,
      'Si votre fournisseur d’identité signe encore avec lui à cette date, la connexion avertit ou refuse l’accès, selon son réglage.',
      'Avant cette date, demandez le nouveau certificat à la personne qui gère votre fournisseur d’identité et ajoutez-le à la connexion. Les deux sont acceptés jusqu’à ce que vous retiriez l’ancien. Si la connexion charge elle-même ses métadonnées, le nouveau est ajouté dès qu’il y est publié.',
    ],
    values: certificateValues(message, 'fr', time),
    advice:
      'Tous les propriétaires reçoivent cet avis 30, 14 et 7 jours avant ; il cesse dès que le certificat a été retiré, ou qu’un autre, valable plus longtemps, a servi à des connexions. Si le nouveau est déjà en place, retirez l’ancien quand la connexion montre que le nouveau est utilisé.',
  }),
};
