import type { arrival as english } from '../en/arrival';

export const arrival: typeof english = {
  chooseTitle: 'Anwendung wählen',
  whereTo: 'Wohin möchten Sie?',
  comesFrom: (label) => `Sie kommen von ${label}: Wählen Sie die Anwendung, die Sie öffnen möchten.`,
  openTitle: 'Öffnen Sie Ihre Anwendung',
  recognised: (label) =>
    `${label} hat Sie erkannt. Öffnen Sie die Anwendung, die Sie benutzen möchten, und melden Sie sich dort an.`,
};
