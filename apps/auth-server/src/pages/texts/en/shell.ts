/** What stands around every page, and around every form. */
export const shell = {
  language: 'Language',
  /** Before the title of a page that says what was wrong. */
  problem: (title: string) => `Problem: ${title}`,
  problemTitle: 'Please check this',
};
