import type { operations as english } from '../en/operations';

export const operations: typeof english = {
  signInTitle: 'Für den Betrieb',
  signInLead:
    'Geben Sie den Betriebsschlüssel dieser Installation ein. Er öffnet diese Seite für eine halbe Stunde, in diesem Browser.',
  key: 'Betriebsschlüssel',
  signIn: 'Weiter',
  keyWrong: 'Das ist nicht der Betriebsschlüssel dieser Installation.',
  title: 'Arbeit in den Warteschlangen',
  lead: 'Was die Worker zu tun haben, für alle Organisationen. Was in einer Aufgabe steht, sieht niemand.',
  nothing: 'Es gibt nichts zu tun.',
  queue: 'Warteschlange',
  waiting: 'Wartet',
  underWay: 'In Arbeit',
  retrying: 'Wird noch einmal versucht',
  dead: 'Aufgegeben',
  oldest: 'Älteste seit',
  lastError: 'Letzter Fehler',
  deadLead:
    'Diese werden nicht mehr versucht. Ist behoben, was nicht stimmte, lassen Sie sie noch einmal versuchen.',
  noneDead: 'Nichts wurde aufgegeben.',
  task: 'Aufgabe',
  tenant: 'Organisation',
  written: 'Seit',
  givenUp: 'Aufgegeben am',
  attempts: 'Versuche',
  reason: 'Grund',
  replay: 'Noch einmal versuchen',
  replayOne: (task) => `Noch einmal versuchen: ${task}`,
  replayAll: (count) => (count === 1 ? 'Noch einmal versuchen' : `Alle ${count} noch einmal versuchen`),
  replayed: (count) => {
    if (count === 0) return 'Es gab nichts mehr, was noch einmal zu versuchen war.';
    return count === 1
      ? 'Eine Aufgabe wird noch einmal versucht.'
      : `${count} Aufgaben werden noch einmal versucht.`;
  },
  older: 'Ältere',
  signOut: 'Abmelden',
};
