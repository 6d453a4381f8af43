/** Somebody came from the identity provider's portal, and we do not know which application was meant. */
export const arrival = {
  chooseTitle: 'Choose an application',
  whereTo: 'Where do you want to go?',
  comesFrom: (label: string) => `You come from ${label}: choose the application to open.`,
  openTitle: 'Open your application',
  recognised: (label: string) =>
    `${label} has recognised you. Open the application that you want to use and choose Sign in there.`,
};
