import { displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { LinkRequestMessage } from '../mail-message';

const inSubject = 40;

export const linkRequest: Translated<LinkRequestMessage> = {
  en: ({ organisation, connection, url, expiresAt }, time) => ({
    subject: `Connect your account to the sign-in of “${displayName(organisation, inSubject)}”`,
    paragraphs: [
      `“${displayName(organisation)}” now has its people sign in through “${displayName(connection)}”. For that, your account has to be connected to your sign-in there once.`,
      'Press the button and sign in at your organisation as you always do. From then on that is how you get in; your account and everything in it stays.',
      `The link is for you alone and works once, until ${time(expiresAt)}. If it has run out by then, the page that it leads to says how you get a new one.`,
    ],
    action: { label: 'Connect my account', url },
    advice: `If you did not expect this mail, ask an owner of “${displayName(organisation)}” whether it is meant for you. Nothing is connected unless you press the button and sign in.`,
  }),
  de: ({ organisation, connection, url, expiresAt }, time) => ({
    subject: `Konto mit der Anmeldung von „${displayName(organisation, inSubject)}“ verknüpfen`,
    paragraphs: [
      `Bei „${displayName(organisation)}“ meldet man sich jetzt über „${displayName(connection)}“ an. Dazu muss Ihr Konto einmal mit Ihrer Anmeldung dort verknüpft werden.`,
      'Drücken Sie auf die Schaltfläche und melden Sie sich wie gewohnt bei Ihrem Unternehmen an. Von da an kommen Sie auf diesem Weg hinein; Ihr Konto und alles darin bleibt.',
      `Der Link gilt nur für Sie und nur einmal, bis ${time(expiresAt)}. Ist er dann abgelaufen, sagt die Seite, zu der er führt, wie Sie einen neuen bekommen.`,
    ],
    action: { label: 'Mein Konto verknüpfen', url },
    advice: `Wenn Sie diese E-Mail nicht erwartet haben, fragen Sie eine Inhaberin oder einen Inhaber von „${displayName(organisation)}“, ob sie für Sie bestimmt ist. Nichts wird verknüpft, solange Sie nicht auf die Schaltfläche drücken und sich anmelden.`,
  }),
  fr: ({ organisation, connection, url, expiresAt }, time) => ({
    subject: `Associez votre compte à la connexion de « ${displayName(organisation, inSubject)} »`,
    paragraphs: [
      `On se connecte désormais à « ${displayName(organisation)} » avec « ${displayName(connection)} ». Pour cela, votre compte doit y être associé une fois.`,
      'Appuyez sur le bouton et connectez-vous comme d’habitude auprès de votre entreprise. Vous entrerez ensuite toujours ainsi ; votre compte et son contenu restent inchangés.',
      `Le lien n’est valable que pour vous et une seule fois, jusqu’au ${time(expiresAt)}. S’il a expiré, la page à laquelle il mène vous dit comment en obtenir un nouveau.`,
    ],
    action: { label: 'Associer mon compte', url },
    advice: `Si vous n’attendiez pas ce message, demandez à un propriétaire de « ${displayName(organisation)} » s’il vous est bien destiné. Rien n’est associé tant que vous n’avez pas appuyé sur le bouton et ne vous êtes pas connecté.`,
  }),
};
