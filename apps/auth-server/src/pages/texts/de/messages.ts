import type { Messages } from '../messages';

/** What a refusal says to someone who only wanted to sign in. */
export const messages: Messages = {
  startAgain: () =>
    'Diese Anmeldung hat zu lange gedauert oder wurde schon beantwortet. Bitte beginnen Sie von vorn.',
  idpAnswer: () =>
    'Der Anmeldedienst Ihres Unternehmens hat eine Antwort geschickt, die wir nicht annehmen konnten. Bitte geben Sie die Referenz unten an Ihre IT-Abteilung weiter.',
  idpStatus: () =>
    'Der Anmeldedienst Ihres Unternehmens hat Sie nicht angemeldet. Bitte versuchen Sie es noch einmal oder bitten Sie Ihre IT-Abteilung um Zugang.',
  reauthenticate: () =>
    'Ihre Organisation verlangt, dass Sie sich jedes Mal neu ausweisen, und ihr Anmeldedienst hat Sie ohne Nachfrage durchgelassen. Bitte beginnen Sie von vorn; bleibt es dabei, geben Sie die Referenz unten an Ihre IT-Abteilung weiter.',
  outsideDomains: (organisation) =>
    `Sie sind bei Ihrem Unternehmen angemeldet, aber Ihre E-Mail-Adresse liegt außerhalb der Domains von ${organisation} und ist dort nicht verknüpft. Bitte wenden Sie sich an eine Inhaberin oder einen Inhaber von ${organisation} und nennen Sie die Referenz unten.`,
  byInvitation: (organisation) =>
    `Sie sind bei Ihrem Unternehmen angemeldet, aber der Zugang zu ${organisation} ist nur mit Einladung möglich. Bitte lassen Sie sich von einer Inhaberin oder einem Inhaber von ${organisation} einladen und nennen Sie die Referenz unten.`,
  notLinked: (organisation) =>
    `Mit dieser E-Mail-Adresse gibt es hier ein Konto, aber es ist noch nicht mit der Anmeldung von ${organisation} verknüpft. Wenn Sie zu ${organisation} gehören, melden Sie sich bitte mit Passwort oder Passkey an und wählen Sie auf Ihrer Kontoseite „Verknüpfen“. Sonst lassen Sie sich bitte von einer Inhaberin oder einem Inhaber von ${organisation} einladen und nennen Sie die Referenz unten.`,
  suspended: (organisation) =>
    `Ihr Zugang ist gesperrt. Bitte wenden Sie sich an eine Inhaberin oder einen Inhaber von ${organisation} und nennen Sie die Referenz unten.`,
  removed: (organisation) =>
    `Sie wurden aus ${organisation} entfernt. Falls das ein Versehen ist, bitten Sie eine Inhaberin oder einen Inhaber von ${organisation} um eine Einladung und nennen Sie die Referenz unten.`,
  deprovisioned: (organisation) =>
    `Das Verzeichnis von ${organisation} sieht für Sie keinen Zugang vor. Falls das ein Irrtum ist, bitten Sie Ihre IT-Abteilung, Sie wieder zuzuweisen, und nennen Sie ihr die Referenz unten.`,
  needsExemption: (organisation) =>
    `Bei ${organisation} ist Single Sign-on vorgeschrieben, und der Anmeldedienst dort kennt Ihre E-Mail-Adresse nicht. Bitte lassen Sie sich von der Person, die Sie eingeladen hat, eine Ausnahme einräumen.`,
  invitationUnknown: () =>
    'Dieser Link gehört zu keiner Einladung. Wenn Sie mehrere bekommen haben, benutzen Sie bitte den ganzen Link aus der neuesten.',
  invitationOver: () =>
    'Diese Einladung wurde schon benutzt, zurückgezogen oder ist zu alt. Bitte lassen Sie sich noch einmal einladen.',
  openInvitation: (organisation) =>
    `Sie sind zu ${organisation} eingeladen. Bitte öffnen Sie zuerst den Link in der Einladung, die Sie per E-Mail bekommen haben, und melden Sie sich dann an.`,
  invitationElsewhere: () =>
    'Diese Einladung wurde in einem anderen Browser geöffnet. Bitte machen Sie dort weiter oder lassen Sie sich noch einmal einladen.',
  invitationNotYours: () =>
    'Sie sind als jemand anderes angemeldet, als eingeladen wurde. Bitte melden Sie sich ab und mit der Adresse wieder an, an die die Einladung ging.',
  signInFirst: () =>
    'Mit dieser E-Mail-Adresse gibt es schon ein Konto. Bitte melden Sie sich dort an und nehmen Sie dann die Einladung an.',
  linkUnknown: () =>
    'Dieser Link führt nirgendwohin. Bitte öffnen Sie die neueste E-Mail noch einmal und verwenden Sie den ganzen Link.',
  linkOver: () =>
    'Dieser Link gilt nicht mehr, oder während Ihrer Anmeldung hat sich etwas geändert. Bitte melden Sie sich wie gewohnt an: Dort erfahren Sie, was zu tun ist.',
  linkedOtherwise: () =>
    'Das Konto, das Sie bei der Anmeldung Ihres Unternehmens verwendet haben, ist hier mit jemand anderem verknüpft. Bitte melden Sie sich dort ab, melden Sie sich mit Ihrem eigenen Konto an und versuchen Sie es noch einmal.',
  organisationSuspended: (organisation) =>
    `Die Anmeldung ist für alle von ${organisation} zurzeit gesperrt. Eine Inhaberin oder ein Inhaber von ${organisation} kann beim Dienst nachfragen.`,
  testByAdmin: (organisation) =>
    `Ein Test zählt nur, wenn sich jemand anmeldet, der in ${organisation} Inhaber oder Administrator ist. Es wurde nichts geändert.`,
  noAccess: (organisation) =>
    `Bitte wenden Sie sich an eine Inhaberin oder einen Inhaber von ${organisation} und nennen Sie die Referenz unten.`,
  signInLoop: () =>
    'Sie wurden innerhalb einer Minute mehrmals zur Anmeldung Ihres Unternehmens und zurück geschickt, ohne dass daraus eine Sitzung wurde. Bitte warten Sie eine Minute, bevor Sie es wieder versuchen, und geben Sie die Referenz unten an Ihre IT-Abteilung weiter, wenn es dabei bleibt.',
  applicationLoop: () =>
    'Die Anwendung hat Sie innerhalb einer Minute mehrmals hierher geschickt, obwohl Sie angemeldet sind. Bitte erlauben Sie Cookies für die Anwendung und versuchen Sie es noch einmal; bleibt es dabei, sagen Sie es denen, die sie betreiben.',
  cookiesBlocked: () =>
    'Ihr Browser hat das Cookie nicht behalten, das diese Anmeldung an ihn bindet. Bitte erlauben Sie Cookies für diese Seite oder benutzen Sie ein Fenster, das nicht privat ist, und beginnen Sie in der Anwendung von vorn.',
  ssoClosed: () =>
    'Single Sign-on ist in diesem Dienst vorübergehend abgeschaltet. Bitte versuchen Sie es später noch einmal oder melden Sie sich auf anderem Weg an.',
  notReady: () =>
    'Single Sign-on ist für Ihre Organisation noch nicht eingerichtet. Bitte wenden Sie sich an Ihre IT-Abteilung.',
  ssoRequired: () =>
    'Ihre Organisation verlangt Single Sign-on. Bitte fahren Sie mit der Anmeldung Ihres Unternehmens fort statt mit einem Passwort.',
  ssoNotEntitled: (organisation) =>
    `Single Sign-on gehört bei ${organisation} zurzeit nicht zum Umfang. Bitte melden Sie sich auf anderem Weg an oder fragen Sie dort eine Inhaberin oder einen Inhaber.`,
  usePassword: (organisation) =>
    `Ihr Konto in ${organisation} meldet sich mit Passwort an. Bitte benutzen Sie es, oder bitten Sie jemanden aus der Verwaltung von ${organisation}, Sie auf Single Sign-on umzustellen.`,
  secondFactor: () => 'Außer dem Passwort ist ein zweiter Faktor nötig. Bitte beginnen Sie von vorn.',
  passwordLength: () =>
    'Ein Passwort hat 12 bis 1024 Zeichen. Ein paar Wörter mit Leerzeichen dazwischen genügen.',
  passwordCommon: () =>
    'Dieses Passwort gehört zu denen, die zuerst geraten werden. Bitte nehmen Sie mehrere Wörter, die nichts miteinander zu tun haben, oder lassen Sie sich eines von einem Passwortmanager erzeugen.',
  passwordPersonal: () =>
    'Dieses Passwort besteht aus Ihrer Adresse, Ihrer Organisation oder dem Namen des Produkts. Bitte nehmen Sie eines, das nichts über Sie sagt.',
  passwordWrong: () =>
    'Das ist nicht Ihr jetziges Passwort. Bitte versuchen Sie es noch einmal, oder setzen Sie es per E-Mail zurück.',
  resetInvalid: () =>
    'Dieser Link wurde schon benutzt, ist älter als 30 Minuten, oder es wurde ein neuerer verschickt. Bitte fordern Sie einen neuen an.',
  proveAgain: () =>
    'Um zu ändern, wie Sie sich anmelden, melden Sie sich bitte zuerst noch einmal mit Passwort oder Passkey an.',
  factorExists: () =>
    'Eine Authenticator-App ist schon eingerichtet. Bitte entfernen Sie sie zuerst, wenn Sie eine andere benutzen möchten.',
  codeWrong: () =>
    'Dieser Code stimmt nicht oder wurde schon benutzt. Bitte warten Sie auf den nächsten und versuchen Sie es noch einmal.',
  passkeyInvalid: () =>
    'Dieser Passkey konnte nicht benutzt werden. Bitte beginnen Sie von vorn, oder wählen Sie einen anderen Weg.',
  otherBrowser: () =>
    'Diese Anmeldung wurde in einem anderen Browser begonnen, oder Cookies sind in diesem blockiert. Bitte beginnen Sie hier von vorn und erlauben Sie Cookies.',
  signInAgain: () => 'Sie sind abgemeldet. Bitte melden Sie sich wieder an.',
  tooFast: () => 'Zu viele Versuche. Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.',
  tryLater: () =>
    'Etwas hat nicht rechtzeitig geantwortet. Bitte versuchen Sie es in ein paar Minuten noch einmal.',
  badRequest: () =>
    'Diese Anfrage wurde nicht verstanden. Bitte gehen Sie zurück und versuchen Sie es noch einmal.',
  noPage: () => 'Unter dieser Adresse gibt es nichts. Bitte prüfen Sie, ob sie vollständig kopiert wurde.',
  ours: () =>
    'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal; bleibt es dabei, geben Sie die Referenz unten an Ihre IT-Abteilung weiter.',
};
