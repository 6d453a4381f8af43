import { displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { DirectoryTokenExpiringMessage } from '../mail-message';

const inSubject = 40;

export const directoryTokenExpiring: Translated<DirectoryTokenExpiringMessage> = {
  en: ({ organisation, directory, token, days, expiresAt }, time) => ({
    subject: `A token of the directory “${displayName(directory, inSubject)}” ends within ${days} days`,
    paragraphs: [
      `The directory “${displayName(directory)}” brings people into “${displayName(organisation)}”. Its token “${displayName(token)}” ends on ${time(expiresAt)}.`,
      'From then on requests with this token are refused: if the directory has no other, nobody new comes in, and whoever is deactivated there keeps access here.',
      'Before that day, make a new token that replaces this one, and give it to whoever runs the directory. Both are accepted for some days.',
    ],
    advice:
      'Every owner gets this notice 30 and 7 days before, unless the token was revoked or replaced. If nobody uses the token any more, revoke it.',
  }),
  de: ({ organisation, directory, token, days, expiresAt }, time) => ({
    subject: `Ein Token des Verzeichnisses „${displayName(directory, inSubject)}“ endet in höchstens ${days} Tagen`,
    paragraphs: [
      `Das Verzeichnis „${displayName(directory)}“ bringt Personen in „${displayName(organisation)}“. Sein Token „${displayName(token)}“ endet am ${time(expiresAt)}.`,
      'Danach werden Anfragen mit diesem Token abgewiesen: Hat das Verzeichnis kein anderes, kommt niemand mehr hinzu, und wer dort deaktiviert wird, behält hier den Zugang.',
      'Legen Sie vor diesem Tag ein neues Token an, das dieses ersetzt, und geben Sie es der Stelle, die das Verzeichnis betreut. Einige Tage lang gelten beide.',
    ],
    advice:
      'Diesen Hinweis erhalten alle Inhaberinnen und Inhaber 30 und 7 Tage vorher, außer wenn das Token widerrufen oder ersetzt wurde. Wird das Token nicht mehr benutzt, widerrufen Sie es.',
  }),
  fr: ({ organisation, directory, token, days, expiresAt }, time) => ({
    subject: `Un jeton de l’annuaire « ${displayName(directory, inSubject)} » prend fin dans ${days} jours au plus`,
    paragraphs: [
      `L’annuaire « ${displayName(directory)} » fait entrer des personnes dans « ${displayName(organisation)} ». Son jeton « ${displayName(token)} » prend fin le ${time(expiresAt)}.`,
      'Ensuite, les requêtes faites avec ce jeton sont refusées : si l’annuaire n’en a pas d’autre, plus personne n’est ajouté, et qui y est désactivé garde son accès ici.',
      'Avant cette date, créez un nouveau jeton qui remplace celui-ci et donnez-le à la personne qui gère l’annuaire. Les deux sont acceptés pendant quelques jours.',
    ],
    advice:
      'Tous les propriétaires reçoivent cet avis 30 et 7 jours avant, sauf si le jeton a été révoqué ou remplacé. Si plus personne n’utilise ce jeton, révoquez-le.',
  }),
};
