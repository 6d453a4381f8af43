import type { shell as english } from '../en/shell';

export const shell: typeof english = {
  language: 'Sprache',
  problem: (title) => `Fehler: ${title}`,
  problemTitle: 'Bitte prüfen Sie dies',
};
