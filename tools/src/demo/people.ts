import type { DemoPerson } from '../saml-idp';

/** The people of the demo; Eve's address is outside Acme's domain, to see a refusal. */
export const PEOPLE: readonly DemoPerson[] = [
  aPerson('ana@acme.example', 'Ana', 'Almeida', 'owner of Acme'),
  aPerson('ben@acme.example', 'Ben', 'Brook', 'works at Acme'),
  aPerson('chloe@acme.example', 'Chloe', 'Carter', 'works at Acme'),
  aPerson('eve@other.example', 'Eve', 'Evans', 'foreign address: will be refused'),
];

/** Of everybody in the demo who has one; printed at its start. */
export const DEMO_PASSWORD = 'a heron waits by the lamp';

/** Has an account with a password from before Acme had single sign-on, and is asked by mail to link it. */
export const UNLINKED = 'chloe@acme.example';

/** Ana signs in either way, Cora has no identity provider. */
export const PASSWORD_PEOPLE: readonly string[] = ['ana@acme.example', 'cora@globex.example', UNLINKED];

/** Whose invitation waits in the mail catcher. */
export const INVITED = 'dan@globex.example';

function aPerson(email: string, firstName: string, lastName: string, about: string): DemoPerson {
  return { nameId: email, email, firstName, lastName, about, groups: ['everyone'] };
}
