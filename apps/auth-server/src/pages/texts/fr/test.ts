import type { test as english } from '../en/test';

export const test: typeof english = {
  title: 'Test réussi',
  passed: 'Le test a réussi',
  checksMet: (label) => `${label} vous a connecté, et chaque vérification a abouti.`,
  canSwitchOn: 'La connexion peut maintenant être activée.',
  canPromote: (version) =>
    `La version ${version} peut maintenant être promue ; jusque-là, tout le monde se connecte comme avant.`,
  nothingChanged: 'Rien n’a changé pour les autres. Vous pouvez fermer cette page.',
};
