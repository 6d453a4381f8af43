/** For those who run the deployment: how it stands with the work in the queues. */
export const operations = {
  signInTitle: 'For operators',
  signInLead:
    'Type the operator key of this deployment. It opens this page for half an hour, in this browser.',
  key: 'Operator key',
  signIn: 'Continue',
  keyWrong: 'This is not the operator key of this deployment.',
  title: 'Work in the queues',
  lead: 'What the workers have to do, for all organisations. What stands in a task is shown to nobody.',
  nothing: 'There is nothing to do.',
  queue: 'Queue',
  waiting: 'Waiting',
  underWay: 'Under way',
  retrying: 'To be tried again',
  dead: 'Given up',
  oldest: 'Oldest since',
  lastError: 'Last error',
  deadLead: 'These are not tried any more. Once what was wrong is mended, have them tried again.',
  noneDead: 'Nothing was given up.',
  task: 'Task',
  tenant: 'Organisation',
  written: 'Since',
  givenUp: 'Given up on',
  attempts: 'Attempts',
  reason: 'Reason',
  replay: 'Try again',
  replayOne: (task: string) => `Try again: ${task}`,
  replayAll: (count: number) => (count === 1 ? 'Try it again' : `Try all ${count} again`),
  replayed: (count: number) => {
    if (count === 0) return 'There was nothing to try again any more.';
    return count === 1 ? 'One task is tried again.' : `${count} tasks are tried again.`;
  },
  older: 'Older ones',
  signOut: 'Sign out',
};
