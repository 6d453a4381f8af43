/** What whoever tests a connection sees in the end. */
export const test = {
  title: 'Test passed',
  passed: 'The test passed',
  checksMet: (label: string) => `${label} signed you in, and every check was met.`,
  canSwitchOn: 'The connection can be switched on now.',
  canPromote: (version: number) =>
    `Version ${version} can be promoted now; until then everybody signs in as before.`,
  nothingChanged: 'Nothing changed for anybody else. You can close this page.',
};
