import type { operations as english } from '../en/operations';

export const operations: typeof english = {
  signInTitle: 'Pour l’exploitation',
  signInLead:
    'Saisissez la clé d’exploitation de cette installation. Elle ouvre cette page pour une demi-heure, dans ce navigateur.',
  key: 'Clé d’exploitation',
  signIn: 'Continuer',
  keyWrong: 'Ce n’est pas la clé d’exploitation de cette installation.',
  title: 'Travail dans les files d’attente',
  lead: 'Ce que les workers ont à faire, pour toutes les organisations. Le contenu d’une tâche n’est montré à personne.',
  nothing: 'Il n’y a rien à faire.',
  queue: 'File d’attente',
  waiting: 'En attente',
  underWay: 'En cours',
  retrying: 'À réessayer',
  dead: 'Abandonnées',
  oldest: 'La plus ancienne depuis',
  lastError: 'Dernière erreur',
  deadLead: 'Elles ne sont plus essayées. Une fois le problème réglé, faites-les réessayer.',
  noneDead: 'Rien n’a été abandonné.',
  task: 'Tâche',
  tenant: 'Organisation',
  written: 'Depuis',
  givenUp: 'Abandonnée le',
  attempts: 'Essais',
  reason: 'Raison',
  replay: 'Réessayer',
  replayOne: (task) => `Réessayer : ${task}`,
  replayAll: (count) => (count === 1 ? 'La réessayer' : `Réessayer les ${count}`),
  replayed: (count) => {
    if (count === 0) return 'Il n’y avait plus rien à réessayer.';
    return count === 1 ? 'Une tâche est réessayée.' : `${count} tâches sont réessayées.`;
  },
  older: 'Plus anciennes',
  signOut: 'Se déconnecter',
};
