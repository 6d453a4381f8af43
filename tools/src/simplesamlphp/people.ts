/** Somebody who can sign in at the identity provider. */
export interface Person {
  username: string;
  password: string;
  mail: string;
  /** A second address, such as that of another company of the group; `mail` where there is none. */
  otherMail?: string;
  givenName: string;
  sn: string;
  groups: readonly string[];
}

/** Two people of one company: enough to tell an own sign-in from somebody else's. */
export const ana: Person = {
  username: 'ana',
  password: 'ana-password',
  mail: 'ana@acme.example',
  givenName: 'Ana',
  sn: 'Costa',
  groups: ['staff', 'engineering'],
};

export const ben: Person = {
  username: 'ben',
  password: 'ben-password',
  mail: 'ben@acme.example',
  givenName: 'Ben',
  sn: 'Okafor',
  groups: ['staff'],
};
