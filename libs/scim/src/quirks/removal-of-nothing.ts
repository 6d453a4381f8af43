import type { Quirk } from './quirk';

export const removalOfNothing: Quirk = {
  name: 'removal-of-nothing',
  clients: ['Okta', 'Entra ID', 'JumpCloud'],
  why: 'Removes members or values that are gone already, and gives up on a refusal. RFC 7644 3.5.2 asks for one where something is replaced, not where it is removed.',
};
