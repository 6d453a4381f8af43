import { say, texts } from '../instructions';
import { pushesNobody } from '../phrases';
import type { IdpPreset } from '../preset';
import { genericSaml } from './generic-saml';

const withdrawn = say(
  'Bitium is no longer sold, and nobody can look at its screens any more: what follows are the usual names of fields, not those of Bitium.',
  'Bitium wird nicht mehr verkauft, und niemand kann seine Bildschirme noch ansehen: Was folgt, sind die üblichen Feldnamen, nicht die von Bitium.',
  'Bitium n’est plus vendu et personne ne peut plus consulter ses écrans : ce qui suit sont les noms de champs habituels, pas ceux de Bitium.',
);

/** Bought by Google in 2017 and withdrawn. Found by its name, so that nobody searches in vain; led like any other SAML provider. */
export const bitium: IdpPreset = {
  ...genericSaml,
  id: 'bitium',
  name: 'Bitium',
  alsoKnownAs: [],
  console: { name: 'Bitium', role: genericSaml.console.role },
  steps: genericSaml.steps.map(({ id, screens: [first, ...others] }) => ({
    id,
    screens: [
      id === 'create-app' ? { ...first, instructions: [withdrawn, ...first.instructions] } : first,
      ...others,
    ],
  })),
  provisioning: { support: 'none', instructions: [], notes: [pushesNobody] },
  singleLogout: { support: 'no', instructions: [] },
  gotchas: [
    texts(
      'If your people have moved to Google since, choose the guide for Google Workspace.',
      'Sind Ihre Leute inzwischen zu Google umgezogen, wählen Sie die Anleitung für Google Workspace.',
      'Si vos utilisateurs sont passés chez Google depuis, choisissez le guide de Google Workspace.',
    ),
    ...genericSaml.gotchas,
  ],
  verified: {
    confidence: 'to-check',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: ['everything: the product is withdrawn'],
  },
  recognises: ({ entityId, ssoUrls }) =>
    [entityId, ...ssoUrls].some((url) => /^https:\/\/([^/]+\.)?bitium\.com\//i.test(url)),
};
