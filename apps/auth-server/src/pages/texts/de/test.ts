import type { test as english } from '../en/test';

export const test: typeof english = {
  title: 'Test bestanden',
  passed: 'Der Test ist bestanden',
  checksMet: (label) => `${label} hat Sie angemeldet, und jede Prüfung wurde bestanden.`,
  canSwitchOn: 'Die Verbindung kann jetzt eingeschaltet werden.',
  canPromote: (version) =>
    `Version ${version} kann jetzt übernommen werden; bis dahin melden sich alle an wie bisher.`,
  nothingChanged: 'Für niemand anderen hat sich etwas geändert. Sie können diese Seite schließen.',
};
