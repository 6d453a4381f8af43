/** What stands around every page. */
export const shell = {
  language: 'Language',
};
