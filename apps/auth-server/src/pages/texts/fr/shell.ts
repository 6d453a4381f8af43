import type { shell as english } from '../en/shell';

export const shell: typeof english = {
  language: 'Langue',
  problem: (title) => `Erreur : ${title}`,
  problemTitle: 'Veuillez vérifier ceci',
};
