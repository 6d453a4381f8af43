import { empty, go, option, ours, say, set, text, texts, ticked, unticked } from '../instructions';
import { assignYourself, groupsAsWell, nameTheApp, pushesNobody, uploadTheFile } from '../phrases';
import type { IdpPreset } from '../preset';

const apps = ['Applications', 'SSO apps'] as const;
const setUp = [...apps, 'Set up LastPass'] as const;
const advanced = [...setUp, 'Advanced settings'] as const;
const signing = [...advanced, 'Signing and encryption'] as const;
const attributes = [...setUp, 'Custom attributes'] as const;

/** The single sign-on of LastPass Business. Its metadata is a file; nothing tells us of a new certificate. */
export const lastPass: IdpPreset = {
  id: 'lastpass',
  name: 'LastPass',
  alsoKnownAs: ['LastPass Business', 'LastPass Identity', 'LastPass Enterprise'],
  protocol: 'saml',
  console: { name: 'LastPass Admin Console', url: 'https://admin.lastpass.com', role: 'Admin' },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          instructions: [go(...apps, 'Add app', 'Add an unlisted app'), nameTheApp, go('Continue')],
        },
        {
          name: texts(
            'There is a tab “Custom”',
            'Es gibt einen Reiter „Custom“',
            'Il y a un onglet « Custom »',
          ),
          instructions: [go(...apps, 'Add Application', 'Custom', 'App Name'), nameTheApp],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            say(
              'LastPass shows its own values first; the step after next needs them. Ours belong below:',
              'LastPass zeigt zuerst seine eigenen Werte; der übernächste Schritt braucht sie. Unsere gehören darunter:',
              'LastPass montre d’abord ses propres valeurs ; l’étape d’après la suivante en a besoin. Les nôtres vont en dessous :',
            ),
            set('ACS', ours('acs-url')),
            go('Advanced settings'),
            set('Entity ID', ours('entity-id')),
            set('Relay State', empty),
            set('Identifier', option('Email')),
            set('SAML signature method', option('SHA256')),
            set('Sign assertion', ticked),
            set('Encrypt assertion', unticked),
          ],
        },
      ],
    },
    {
      id: 'attributes',
      screens: [
        {
          instructions: [
            go('Custom attributes', 'Add SAML attribute'),
            set('Email', text('email')),
            say(
              'First and last name come along only if your screen offers fields for them; the address alone will do.',
              'Vor- und Nachname kommen nur mit, wenn Ihr Bildschirm Felder dafür bietet; die Adresse allein genügt.',
              'Le prénom et le nom ne suivent que si votre écran a des champs pour eux ; l’adresse seule suffit.',
            ),
            groupsAsWell,
            set('Groups', text('groups')),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [
        { instructions: [go(...apps, 'Set up app', 'Download metadata (XML)'), uploadTheFile] },
        {
          name: texts(
            'There is a section “Identity Provider”',
            'Es gibt einen Abschnitt „Identity Provider“',
            'Il y a une section « Identity Provider »',
          ),
          instructions: [go(...apps, 'Identity Provider', 'Metadata', 'Download'), uploadTheFile],
        },
      ],
    },
    {
      id: 'assign',
      screens: [
        {
          instructions: [go('Save & assign users'), assignYourself],
        },
      ],
    },
  ],
  metadata: {
    ways: ['file', 'manual'],
    manual: { entityId: 'Entity ID', ssoUrl: 'SSO endpoint', certificate: 'Certificate (PEM)' },
  },
  mapping: {
    email: ['email'],
    firstName: ['firstName'],
    lastName: ['lastName'],
    groups: ['groups'],
  },
  settings: { nameIdFormat: 'emailAddress' },
  places: {
    audience: [...advanced, 'Entity ID'],
    'acs-url': [...setUp, 'ACS'],
    recipient: [...setUp, 'ACS'],
    destination: [...setUp, 'ACS'],
    'relay-state': [...advanced, 'Relay State'],
    'name-id': [...advanced, 'Identifier'],
    signature: [...signing, 'Sign assertion'],
    'signature-algorithm': [...advanced, 'SAML signature method'],
    encryption: [...signing, 'Encrypt assertion'],
    'email-attribute': [...attributes, 'Email'],
    attributes,
    groups: [...attributes, 'Groups'],
    certificate: [...apps, 'Set up app', 'Certificate'],
    assignment: [...apps, 'Assign users'],
    metadata: [...apps, 'Set up app', 'Download metadata (XML)'],
  },
  provisioning: { support: 'none', instructions: [], notes: [pushesNobody] },
  singleLogout: { support: 'no', instructions: [] },
  gotchas: [
    texts(
      'We refuse SHA-1: if that box is ticked as well, untick it.',
      'SHA-1 lehnen wir ab: Ist auch dieses Kästchen angekreuzt, entfernen Sie das Häkchen.',
      'Nous refusons SHA-1 : si cette case est cochée aussi, décochez-la.',
    ),
    texts(
      'A new certificate does not arrive by itself: upload the metadata again before you switch.',
      'Ein neues Zertifikat kommt nicht von selbst an: Laden Sie die Metadaten vor dem Wechsel erneut hoch.',
      'Un nouveau certificat n’arrive pas seul : téléversez à nouveau les métadonnées avant de changer.',
    ),
    texts(
      'LastPass Business has room for three such apps; more need an add-on.',
      'LastPass Business fasst drei solche Apps; für mehr braucht es eine Erweiterung.',
      'LastPass Business permet trois applications de ce type ; au-delà, il faut une extension.',
    ),
  ],
  errors: [],
  verified: {
    confidence: 'to-check',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: [
      'names of sections and tabs',
      'names of people as attributes',
      'what it signs by default',
      'singleLogout',
      'number of apps',
    ],
  },
  recognises: ({ entityId, ssoUrls }) =>
    [entityId, ...ssoUrls].some((url) => /^https:\/\/identity\.lastpass\.(com|eu)(\/|$)/i.test(url)),
};
