import { empty, go, option, ours, say, set, text, texts, ticked, unticked } from '../instructions';
import { assignYourself, copyTheAddress, groupsAsWell, nameTheApp } from '../phrases';
import type { IdpPreset } from '../preset';

const app = ['Apps & Widgets', 'Web Apps'] as const;
const trust = [...app, 'Trust'] as const;
const ourSide = [...trust, 'Service Provider Configuration', 'Manual Configuration'] as const;
const theirSide = [...trust, 'Identity Provider Configuration'] as const;
const sent = [...app, 'SAML Response', 'Attributes'] as const;

/** A custom SAML app. Centrify's identity service became Idaptive, and that became CyberArk Identity: the screens stayed. */
export const cyberArk: IdpPreset = {
  id: 'cyberark',
  name: 'CyberArk Identity',
  alsoKnownAs: ['Idaptive', 'Centrify', 'CyberArk Workforce Identity'],
  protocol: 'saml',
  console: { name: 'Identity Administration', role: 'System Administrator' },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          instructions: [
            go(...app, 'Add Web Apps', 'Custom', 'SAML', 'Add', 'Yes'),
            go('Settings'),
            nameTheApp,
            go('Save'),
          ],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            go('Trust', 'Service Provider Configuration', 'Manual Configuration'),
            set('SP Entity ID / Issuer / Audience', ours('entity-id')),
            set('Assertion Consumer Service (ACS) URL', ours('acs-url')),
            set('Recipient', option('Same as ACS URL')),
            set('Sign Response or Assertion?', option('Both')),
            set('NameID Format', option('emailAddress')),
            set('Relay State', empty),
            go('Save'),
            say(
              'Under “Account Mapping”, let the user name be the attribute that holds the mail address; otherwise it is the name that people sign in with.',
              'Unter „Account Mapping“ soll der Benutzername aus dem Attribut mit der E-Mail-Adresse kommen; sonst ist es der Name, mit dem man sich anmeldet.',
              'Sous « Account Mapping », prenez pour nom d’utilisateur l’attribut de l’adresse e-mail ; sinon, c’est le nom avec lequel on se connecte.',
            ),
            go('Account Mapping'),
            set('Directory Service Field', text('mail')),
            go('Save'),
          ],
        },
      ],
    },
    {
      id: 'attributes',
      screens: [
        {
          instructions: [
            go('SAML Response', 'Attributes', 'Add'),
            set('email', text('LoginUser.Email')),
            set('firstName', text('LoginUser.FirstName')),
            set('lastName', text('LoginUser.LastName')),
            groupsAsWell,
            set('groups', text('LoginUser.GroupNames')),
            go('Save'),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [
        {
          instructions: [
            go('Trust', 'Identity Provider Configuration', 'Metadata', 'Copy URL'),
            copyTheAddress,
          ],
        },
      ],
    },
    {
      id: 'assign',
      screens: [
        {
          instructions: [
            go('Permissions', 'Add'),
            assignYourself,
            go('Save'),
            say(
              'The app is ready once its status is “Deployed”.',
              'Die App ist bereit, sobald ihr Status „Deployed“ lautet.',
              'L’application est prête dès que son état est « Deployed ».',
            ),
          ],
        },
      ],
    },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    manual: {
      entityId: 'IdP Entity ID / Issuer',
      ssoUrl: 'Single Sign On URL',
      certificate: 'Signing Certificate',
    },
  },
  mapping: { email: ['email'], firstName: ['firstName'], lastName: ['lastName'], groups: ['groups'] },
  settings: { nameIdFormat: 'emailAddress' },
  places: {
    audience: [...ourSide, 'SP Entity ID / Issuer / Audience'],
    'acs-url': [...ourSide, 'Assertion Consumer Service (ACS) URL'],
    recipient: [...ourSide, 'Recipient'],
    destination: [...ourSide, 'Assertion Consumer Service (ACS) URL'],
    'relay-state': [...ourSide, 'Relay State'],
    'name-id': [...ourSide, 'NameID Format'],
    signature: [...ourSide, 'Sign Response or Assertion?'],
    'signature-algorithm': [...theirSide, 'Signing Certificate'],
    certificate: [...theirSide, 'Signing Certificate'],
    encryption: [...ourSide, 'Encrypt SAML Response Assertion'],
    'email-attribute': [...sent, 'email'],
    attributes: sent,
    groups: [...sent, 'groups'],
    assignment: [...app, 'Permissions', 'Add'],
    metadata: [...theirSide, 'Metadata', 'Copy URL'],
  },
  provisioning: {
    support: 'push',
    instructions: [
      go(...app, 'Provisioning'),
      set('Enable provisioning for this application', ticked),
      go('Yes'),
      set('SCIM Service URL', ours('scim-url')),
      set('Bearer Token', ours('scim-token')),
      go('Verify'),
      set('Do not de-provision (deactivate or delete) users in target application', unticked),
      go('Role Mappings', 'Add'),
      go('Save'),
      go('Settings', 'Users', 'Outbound Provisioning', 'Start Sync'),
    ],
    notes: [
      texts(
        'Nobody is sent until the first sync is started by hand; give it a schedule there as well.',
        'Bis zum ersten, von Hand gestarteten Abgleich wird niemand gesendet; geben Sie ihm dort auch einen Zeitplan.',
        'Personne n’est envoyé avant la première synchronisation, lancée à la main ; donnez-lui là aussi une planification.',
      ),
      texts(
        'A group that is taken off the app is not reported: remove it here yourself.',
        'Wird eine Gruppe von der App genommen, erfahren wir es nicht: Entfernen Sie sie hier selbst.',
        'Un groupe retiré de l’application n’est pas signalé : supprimez-le ici vous-même.',
      ),
    ],
  },
  singleLogout: {
    support: 'yes',
    instructions: [go(...ourSide), set('Single Logout URL', ours('slo-url')), go('Save')],
  },
  gotchas: [
    texts(
      'The app exists for nobody until somebody is added under “Permissions”.',
      'Die App gibt es für niemanden, bis unter „Permissions“ jemand hinzugefügt ist.',
      'L’application n’existe pour personne tant que nul n’est ajouté sous « Permissions ».',
    ),
    texts(
      'If this still says Centrify or Idaptive on your screen, look for the same words: menus may be named “Apps” instead of “Apps & Widgets”.',
      'Steht auf Ihrem Bildschirm noch Centrify oder Idaptive, suchen Sie dieselben Wörter: Das Menü heißt dann vielleicht „Apps“ statt „Apps & Widgets“.',
      'Si votre écran affiche encore Centrify ou Idaptive, cherchez les mêmes mots : le menu s’appelle peut-être « Apps » au lieu de « Apps & Widgets ».',
    ),
  ],
  errors: [],
  verified: {
    confidence: 'documented',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: [
      'console.role',
      'Account Mapping',
      'metadata.manual',
      'places.signature-algorithm',
      'places.encryption',
      'singleLogout',
    ],
  },
  // The path as well: a company may have it under a name of its own.
  recognises: ({ ssoUrls }) =>
    ssoUrls.some(
      (url) =>
        /^https:\/\/[^/]+\.(id\.cyberark\.cloud|my\.idaptive\.app|my\.centrify\.com)\//i.test(url) ||
        /^https:\/\/[^/]+\/applogin\/appKey\//i.test(url),
    ),
};
