import { empty, go, option, ours, say, set, text, texts, ticked } from '../instructions';
import { copyTheAddress, groupsAsWell, leaveTheRest, nameTheApp } from '../phrases';
import type { IdpPreset } from '../preset';

const app = ['SSO Applications', 'SSO'] as const;
const people = ['SSO Applications', 'User Groups'] as const;

/** A custom application. The admin chooses its entity ID; any will do, as connections are never told apart by it. */
export const jumpCloud: IdpPreset = {
  id: 'jumpcloud',
  name: 'JumpCloud',
  alsoKnownAs: [],
  protocol: 'saml',
  console: {
    name: 'JumpCloud Admin Portal',
    url: 'https://console.jumpcloud.com',
    role: 'Administrator',
  },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          instructions: [
            go('SSO Applications', 'Add New Application', 'Custom Application', 'Select', 'Next'),
            set('Manage Single Sign-On (SSO)', ticked),
            set('Configure SSO with SAML', ticked),
            go('Next'),
            nameTheApp,
            go('Save Application', 'Configure Application'),
          ],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            go('SSO'),
            set('IdP Entity ID', text('JumpCloud')),
            set('SP Entity ID', ours('entity-id')),
            set('ACS URLs', ours('acs-url')),
            set('SAMLSubject NameID', option('email')),
            set(
              'SAMLSubject NameID Format',
              option('urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'),
            ),
            set('Signature Algorithm', option('RSA-SHA256')),
            set('Default RelayState', empty),
            set('Declare Redirect Endpoint', ticked),
            leaveTheRest,
          ],
        },
      ],
    },
    {
      id: 'attributes',
      screens: [
        {
          instructions: [
            go('Attributes', 'Add Attribute'),
            say(
              'Our name goes to the left, the one of JumpCloud to the right.',
              'Unser Name steht links, der von JumpCloud rechts.',
              'Notre nom va à gauche, celui de JumpCloud à droite.',
            ),
            set('email', option('email')),
            set('firstName', option('firstname')),
            set('lastName', option('lastname')),
            groupsAsWell,
            set('include group attribute', ticked),
            set('Groups Attribute Name', text('groups')),
            go('Save'),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [
        { instructions: [go('SSO', 'JumpCloud Metadata', 'Copy Metadata URL'), copyTheAddress] },
        {
          name: texts(
            'There is only “Export Metadata”',
            'Es gibt nur „Export Metadata“',
            'Il n’y a que « Export Metadata »',
          ),
          instructions: [
            say(
              'Check first that “Declare Redirect Endpoint” is ticked and saved, then export and upload the file here.',
              'Prüfen Sie erst, dass „Declare Redirect Endpoint“ angekreuzt und gespeichert ist; exportieren Sie dann die Datei und laden Sie sie hier hoch.',
              'Vérifiez d’abord que « Declare Redirect Endpoint » est coché et enregistré ; exportez ensuite le fichier et téléversez-le ici.',
            ),
            go('SSO', 'Export Metadata'),
          ],
        },
      ],
    },
    {
      id: 'assign',
      screens: [
        {
          instructions: [
            go('User Groups'),
            say(
              'Tick the groups that may sign in, one that you belong to among them: JumpCloud admits groups, not single people.',
              'Kreuzen Sie die Gruppen an, die sich anmelden dürfen, darunter eine, der Sie angehören: JumpCloud lässt Gruppen zu, keine einzelnen Personen.',
              'Cochez les groupes qui peuvent se connecter, dont un auquel vous appartenez : JumpCloud admet des groupes, pas des personnes seules.',
            ),
            go('Save'),
          ],
        },
      ],
    },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    manual: { entityId: 'IdP Entity ID', ssoUrl: 'IDP URL', certificate: 'IDP Certificate Valid' },
  },
  mapping: { email: ['email'], firstName: ['firstName'], lastName: ['lastName'], groups: ['groups'] },
  settings: { nameIdFormat: 'emailAddress' },
  places: {
    audience: [...app, 'SP Entity ID'],
    'acs-url': [...app, 'ACS URLs'],
    recipient: [...app, 'ACS URLs'],
    destination: [...app, 'ACS URLs'],
    'relay-state': [...app, 'Default RelayState'],
    'name-id': [...app, 'SAMLSubject NameID'],
    signature: [...app, 'Sign'],
    'signature-algorithm': [...app, 'Signature Algorithm'],
    'request-signature': [...app, 'SP Certificate'],
    'email-attribute': [...app, 'Attributes', 'email'],
    attributes: [...app, 'Attributes'],
    groups: [...app, 'Group Attributes', 'include group attribute'],
    certificate: ['SSO Applications', 'IDP Certificate Valid'],
    assignment: people,
    metadata: [...app, 'JumpCloud Metadata', 'Copy Metadata URL'],
  },
  provisioning: {
    support: 'push',
    instructions: [
      go('SSO Applications', 'Identity Management'),
      set('SCIM Version', option('SCIM 2.0')),
      set('Base URL', ours('scim-url')),
      set('Token Key', ours('scim-token')),
      go('Test Connection'),
      set('Group Management', ticked),
      go('Activate'),
      go('Save'),
      go(...people),
    ],
    notes: [
      texts(
        'Only people in a group of the app are sent.',
        'Gesendet wird nur, wer in einer Gruppe der App ist.',
        'Seules les personnes d’un groupe de l’application sont envoyées.',
      ),
      texts(
        'Taking a group off the app leaves its people here: take them out of the group first.',
        'Nehmen Sie eine Gruppe von der App, bleiben ihre Mitglieder hier: Entfernen Sie diese zuerst aus der Gruppe.',
        'Retirer un groupe de l’application laisse ses membres ici : sortez-les d’abord du groupe.',
      ),
    ],
  },
  singleLogout: { support: 'no', instructions: [] },
  gotchas: [
    texts(
      'The IDP URL cannot be changed once the app exists: a typo there needs a new app.',
      'Die „IDP URL“ lässt sich nicht mehr ändern, sobald es die App gibt: Ein Tippfehler darin verlangt eine neue.',
      '« IDP URL » ne se modifie plus une fois l’application créée : une faute de frappe oblige à en créer une autre.',
    ),
    texts(
      'Case counts in the SP Entity ID.',
      'In der „SP Entity ID“ zählt die Groß- und Kleinschreibung.',
      'La casse compte dans « SP Entity ID ».',
    ),
    texts(
      'Metadata exported before “Declare Redirect Endpoint” was ticked lacks that address: copy or export it once more.',
      'Metadaten von vor dem Ankreuzen von „Declare Redirect Endpoint“ fehlt diese Adresse: Kopieren oder exportieren Sie sie noch einmal.',
      'Des métadonnées d’avant la case « Declare Redirect Endpoint » n’ont pas cette adresse : copiez-les ou exportez-les encore une fois.',
    ),
  ],
  errors: [],
  verified: {
    confidence: 'documented',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: [
      'console.role',
      'Default RelayState',
      'Groups Attribute Name',
      'singleLogout: it has a field Logout URL that nobody tried here',
    ],
  },
  recognises: ({ ssoUrls }) =>
    ssoUrls.some((url) => /^https:\/\/sso\.([a-z]+\.)?jumpcloud\.com\/saml2\//i.test(url)),
};
