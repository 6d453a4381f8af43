import type { secondFactor as english } from '../en/second-factor';

export const secondFactor: typeof english = {
  title: 'Bestätigen Sie, dass Sie es sind',
  totpLead: 'Geben Sie den Code ein, den Ihre Authenticator-App gerade zeigt.',
  code: 'Code',
  codeHint: 'Sechs Ziffern. Er wechselt alle 30 Sekunden.',
  confirm: 'Bestätigen',
  codeWrong:
    'Dieser Code stimmt nicht oder wurde schon benutzt. Warten Sie auf den nächsten und versuchen Sie es noch einmal.',
  codeMissing: 'Geben Sie den Code ein.',
  useRecovery: 'Einen Wiederherstellungscode benutzen',
  recoveryLead:
    'Geben Sie einen der Wiederherstellungscodes ein, die Sie aufbewahrt haben. Jeder gilt einmal.',
  recoveryCode: 'Wiederherstellungscode',
  recoveryWrong:
    'Dieser Wiederherstellungscode stimmt nicht oder wurde schon benutzt. Versuchen Sie einen anderen.',
  useTotp: 'Die Authenticator-App benutzen',
  passkeyLead: 'Bestätigen Sie mit dem Passkey Ihres Kontos.',
  usePasskey: 'Einen Passkey benutzen',
  passkeyWrong:
    'Dieser Passkey wurde nicht angenommen. Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.',
  passkeyNeedsScript: 'Ein Passkey braucht JavaScript in diesem Browser.',
  startOver: 'Von vorn beginnen',
};
