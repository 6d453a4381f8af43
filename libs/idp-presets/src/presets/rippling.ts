import { go, option, ours, say, set, text, texts, ticked } from '../instructions';
import { copyTheAddress, groupsAsWell } from '../phrases';
import type { IdpPreset } from '../preset';

const settings = ['IT Management', 'Custom App', 'Settings'] as const;
const setup = [...settings, 'SSO Setup Instructions'] as const;
const attributes = [...settings, 'SAML Attributes'] as const;
const advanced = [...settings, 'Advanced SAML Settings'] as const;

const describeTheApp = [
  say(
    'Give the app its name, a category and a logo: without a logo you cannot go on.',
    'Geben Sie der App Namen, Kategorie und Logo: Ohne Logo geht es nicht weiter.',
    'Donnez à l’application un nom, une catégorie et un logo : sans logo, impossible de continuer.',
  ),
  set('Single Sign-On (SAML)', ticked),
  go('Continue'),
];

/** A custom app. Its metadata and its fields are on one page, in the middle of installing it. */
export const rippling: IdpPreset = {
  id: 'rippling',
  name: 'Rippling',
  alsoKnownAs: ['Rippling IT'],
  protocol: 'saml',
  console: { name: 'Rippling', url: 'https://app.rippling.com', role: 'Application Admin' },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          name: texts(
            'The menu has “IT Management”',
            'Im Menü steht „IT Management“',
            'Le menu contient « IT Management »',
          ),
          instructions: [
            go('IT Management', 'Custom App', 'Create New App'),
            ...describeTheApp,
            say(
              'Confirm that you are its Application Admin.',
              'Bestätigen Sie, dass Sie deren „Application Admin“ sind.',
              'Confirmez que vous en êtes l’« Application Admin ».',
            ),
          ],
        },
        {
          name: texts(
            'The menu has “IT” and “Third-Party Access”',
            'Im Menü stehen „IT“ und „Third-Party Access“',
            'Le menu contient « IT » et « Third-Party Access »',
          ),
          instructions: [
            go('IT', 'Third-Party Access', 'Add integration', 'Create a new custom integration'),
            ...describeTheApp,
            go("Yes, I'll install this integration", 'Continue'),
          ],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            say(
              'The page shows Rippling’s own values first. Leave it open: the metadata of the step after next is on it.',
              'Die Seite zeigt zuerst die Werte von Rippling. Lassen Sie sie offen: Die Metadaten des übernächsten Schritts stehen darauf.',
              'La page montre d’abord les valeurs de Rippling. Laissez-la ouverte : les métadonnées de l’étape d’après la suivante s’y trouvent.',
            ),
            set('ACS URL', ours('acs-url')),
            set('Service Provider Entity ID', ours('entity-id')),
            go('Move to Next Step'),
          ],
        },
      ],
    },
    {
      id: 'attributes',
      screens: [
        {
          instructions: [
            say(
              'The attributes can be reached once the app is installed; do the next two steps first if they are not there yet.',
              'Die Attribute sind erreichbar, sobald die App installiert ist; erledigen Sie erst die nächsten zwei Schritte, falls sie noch fehlen.',
              'Les attributs sont accessibles une fois l’application installée ; faites d’abord les deux étapes suivantes s’ils n’y sont pas encore.',
            ),
            go('Settings', 'SAML Attributes', 'Create new', 'Global attribute'),
            set('email', option("User's email address")),
            set('firstName', option("User's Legal first name")),
            set('lastName', option("User's Legal last name")),
            groupsAsWell,
            go('Create new', 'Group attribute'),
            set('Attribute name', text('groups')),
            say(
              'Give it one value for each group, with the name by which we shall know it.',
              'Geben Sie ihm je Gruppe einen Wert: den Namen, unter dem wir sie kennen sollen.',
              'Donnez-lui une valeur par groupe : le nom sous lequel nous la connaîtrons.',
            ),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [{ instructions: [go('SSO Setup Instructions', 'IdP Metadata URL'), copyTheAddress] }],
    },
    {
      id: 'assign',
      screens: [
        {
          instructions: [
            go('Move to Next Step'),
            say(
              'Choose in the access rules who gets the app, yourself among them, and from when on. A start date in the future keeps people out until then.',
              'Legen Sie in den Zugriffsregeln fest, wer die App bekommt, darunter Sie selbst, und ab wann. Ein späterer Beginn hält die Leute bis dahin draußen.',
              'Choisissez dans les règles d’accès qui reçoit l’application, vous compris, et à partir de quand. Une date future laisse les gens dehors jusque-là.',
            ),
            go('Continue'),
          ],
        },
      ],
    },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    urlLike: 'https://app.rippling.com/api/platform/sso/idp-metadata/{key}',
    manual: {
      entityId: 'Issuer or IdP Entity ID',
      ssoUrl: 'Single Sign-on URL or Target URL',
      certificate: 'X509 Certificate',
    },
  },
  mapping: { email: ['email'], firstName: ['firstName'], lastName: ['lastName'], groups: ['groups'] },
  settings: { nameIdFormat: 'emailAddress' },
  places: {
    audience: [...setup, 'Service Provider Entity ID'],
    'acs-url': [...setup, 'ACS URL'],
    recipient: [...setup, 'ACS URL'],
    destination: [...setup, 'ACS URL'],
    'name-id': [...advanced, 'Name ID format'],
    signature: advanced,
    'signature-algorithm': advanced,
    'email-attribute': [...attributes, 'email'],
    attributes,
    groups: [...attributes, 'groups'],
    certificate: [...setup, 'X509 Certificate'],
    assignment: ['IT Management', 'Custom App', 'Access rules'],
    metadata: [...setup, 'IdP Metadata URL'],
  },
  provisioning: {
    support: 'push',
    instructions: [
      say(
        'The kind of app is chosen when it is made: tick this one as well.',
        'Die Art der App wird beim Anlegen gewählt: Kreuzen Sie auch diese an.',
        'Le type d’application se choisit à la création : cochez aussi celui-ci.',
      ),
      set('User Management via SCIM', ticked),
      set('SCIM version', option('2.0')),
      set('SCIM Base URL', ours('scim-url')),
      set('SCIM Authorization Method', option('Bearer Token')),
      set('Supported SCIM Attributes', text('externalId, emails.primary, name.givenName, name.familyName')),
      go('Install now'),
      set('Bearer Token', ours('scim-token')),
      go('Account Matching'),
    ],
    notes: [
      texts(
        'Tick groups, pagination, deleting groups and PATCH for groups when it asks what we can do.',
        'Kreuzen Sie Gruppen, Seitenaufteilung, Löschen von Gruppen und PATCH für Gruppen an, wenn gefragt wird, was wir können.',
        'Cochez groupes, pagination, suppression des groupes et PATCH des groupes quand il demande ce que nous savons faire.',
      ),
    ],
  },
  singleLogout: { support: 'no', instructions: [] },
  gotchas: [
    texts(
      'A start from Rippling’s own page names a request that we never sent, and is refused. In the Advanced SAML Settings, tick “Disable InResponseTo field in assertions for IdP initiated SSO”.',
      'Ein Start von der Seite bei Rippling nennt eine Anfrage, die wir nie gestellt haben, und wird abgelehnt. Kreuzen Sie in „Advanced SAML Settings“ „Disable InResponseTo field in assertions for IdP initiated SSO“ an.',
      'Un départ depuis la page de Rippling cite une requête que nous n’avons jamais envoyée, et est refusé. Dans « Advanced SAML Settings », cochez « Disable InResponseTo field in assertions for IdP initiated SSO ».',
    ),
    texts(
      'If attributes arrive under other names than you gave them, tick “Disable automatic standardization of attributes” there.',
      'Kommen Attribute unter anderen Namen an als vergeben, kreuzen Sie dort „Disable automatic standardization of attributes“ an.',
      'Si les attributs arrivent sous d’autres noms que les vôtres, cochez-y « Disable automatic standardization of attributes ».',
    ),
    texts(
      'Installing the app anew makes new metadata: give us its new address then.',
      'Wird die App neu installiert, entstehen neue Metadaten: Geben Sie uns dann deren Adresse.',
      'Réinstaller l’application crée de nouvelles métadonnées : donnez-nous alors leur adresse.',
    ),
  ],
  errors: [],
  verified: {
    confidence: 'documented',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: [
      'screen with Third-Party Access',
      'what it signs, and its NameID',
      'metadata.manual',
      'places below Advanced SAML Settings',
      'singleLogout',
    ],
  },
  recognises: ({ entityId, ssoUrls }) =>
    [entityId, ...ssoUrls].some((url) => /^https:\/\/(app|www)\.rippling\.com\//i.test(url)),
};
