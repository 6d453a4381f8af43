import { displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { CertificateSeenMessage } from '../mail-message';
import { certificateValues } from './named-certificate';

const inSubject = 40;

export const certificateSeen: Translated<CertificateSeenMessage> = {
  en: (message, time) => ({
    subject: `“${displayName(message.connection, inSubject)}” has a new certificate`,
    paragraphs: [
      `The identity provider behind “${displayName(message.connection)}” of “${displayName(message.organisation)}” has published a certificate that was not known before. It was added to the connection; those that were there stay.`,
      'Sign-ins that are signed with it are accepted from now on. When an identity provider renews its certificate, this is how it begins: nothing needs to be done. Later, when the connection shows that the new one is in use, you can remove the old one.',
    ],
    values: certificateValues(message, 'en', time),
    advice:
      'Every owner gets this mail. If you know of no new certificate, compare the fingerprint with the one that your identity provider shows. If they differ, remove the certificate from the connection and ask who changed the metadata.',
  }),
  de: (message, time) => ({
    subject: `„${displayName(message.connection, inSubject)}“ hat ein neues Zertifikat`,
    paragraphs: [
      `Der Identitätsanbieter hinter „${displayName(message.connection)}“ von „${displayName(message.organisation)}“ hat ein Zertifikat veröffentlicht, das vorher nicht bekannt war. Es wurde der Verbindung hinzugefügt; die vorhandenen bleiben.`,
      'Anmeldungen, die damit signiert sind, gelten ab jetzt. So beginnt es, wenn ein Identitätsanbieter sein Zertifikat erneuert: Es ist nichts zu tun. Später, wenn die Verbindung zeigt, dass das neue benutzt wird, können Sie das alte entfernen.',
    ],
    values: certificateValues(message, 'de', time),
    advice:
      'Diese E-Mail erhalten alle Inhaberinnen und Inhaber. Wenn Sie von keinem neuen Zertifikat wissen, vergleichen Sie den Fingerabdruck mit dem, den Ihr Identitätsanbieter zeigt. Stimmen sie nicht überein, entfernen Sie das Zertifikat aus der Verbindung und fragen Sie, wer die Metadaten geändert hat.',
  }),
  fr: (message, time) => ({
    subject: `« ${displayName(message.connection, inSubject)} » a un nouveau certificat`,
    paragraphs: [
      `Le fournisseur d’identité derrière « ${displayName(message.connection)} » de « ${displayName(message.organisation)} » a publié un certificat qui n’était pas connu. Il a été ajouté à la connexion ; ceux qui y étaient restent.`,
      'Les connexions signées avec lui sont acceptées dès maintenant. C’est ainsi que commence le renouvellement d’un certificat : il n’y a rien à faire. Plus tard, quand la connexion montre que le nouveau est utilisé, vous pouvez retirer l’ancien.',
    ],
    values: certificateValues(message, 'fr', time),
    advice:
      'Tous les propriétaires reçoivent ce message. Si vous n’avez connaissance d’aucun nouveau certificat, comparez l’empreinte avec celle que montre votre fournisseur d’identité. Si elles diffèrent, retirez le certificat de la connexion et demandez qui a modifié les métadonnées.',
  }),
};
