import { go, option, ours, say, set, text, texts } from '../instructions';
import { copyTheAddress, groupsAsWell, nameTheApp } from '../phrases';
import type { IdpPreset } from '../preset';

const apps = ['Applications', 'Applications'] as const;
const configuration = [...apps, 'Configuration'] as const;
const mappings = [...apps, 'Attribute Mappings'] as const;
const access = [...apps, 'Access'] as const;
const emailAddress = 'Email Address';

/** A SAML application of the cloud service; PingFederate is the one that customers run themselves. */
export const pingOne: IdpPreset = {
  id: 'pingone',
  name: 'PingOne',
  alsoKnownAs: ['Ping Identity', 'Ping One'],
  protocol: 'saml',
  console: {
    name: 'PingOne admin console',
    url: 'https://console.pingone.com',
    role: 'Environment Admin',
  },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          instructions: [
            go(...apps, '+'),
            nameTheApp,
            set('Application Type', option('SAML Application')),
            go('Configure'),
          ],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            set('Provide Application Metadata', option('Manually Enter')),
            set('ACS URLs', ours('acs-url')),
            set('Entity ID', ours('entity-id')),
            go('Save'),
            go('Configuration', 'Edit'),
            set('Subject NameID Format', option('urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress')),
            go('Save'),
          ],
        },
        {
          name: texts(
            'You would rather import than type',
            'Sie importieren lieber, als zu tippen',
            'Vous préférez importer plutôt que saisir',
          ),
          instructions: [
            set('Provide Application Metadata', option('Import From URL')),
            set('Import From URL', ours('metadata-url')),
            go('Import'),
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
            go('Attribute Mappings', 'Edit'),
            say(
              'Change the first row, which names the person, and add the others.',
              'Ändern Sie die erste Zeile, die die Person benennt, und fügen Sie die übrigen hinzu.',
              'Modifiez la première ligne, qui désigne la personne, et ajoutez les autres.',
            ),
            set('saml_subject', option(emailAddress)),
            set('email', option(emailAddress)),
            set('firstName', option('Given Name')),
            set('lastName', option('Family Name')),
            groupsAsWell,
            set('groups', option('Group Names')),
            go('Save'),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [{ instructions: [go('Configuration', 'IDP Metadata URL'), copyTheAddress] }],
    },
    {
      id: 'assign',
      screens: [
        {
          instructions: [
            say(
              'Turn on the switch beside the name of the app: new apps are off.',
              'Schalten Sie den Schalter neben dem Namen der App ein: Neue Apps sind aus.',
              'Activez l’interrupteur à côté du nom de l’application : les nouvelles sont désactivées.',
            ),
            go('Access'),
            say(
              'With no group chosen, everyone of the environment gets in. To admit some only, choose their groups, and one of yours.',
              'Ist keine Gruppe gewählt, kommt jeder aus der Umgebung herein. Um nur manche zuzulassen, wählen Sie deren Gruppen und eine von Ihren.',
              'Sans groupe choisi, tout l’environnement entre. Pour n’en admettre que certains, choisissez leurs groupes et un des vôtres.',
            ),
          ],
        },
      ],
    },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    urlLike: 'https://auth.pingone.com/{environment}/saml20/metadata/{app}',
    manual: {
      entityId: 'Issuer ID',
      ssoUrl: 'Single Signon Service',
      certificate: 'Download Signing Certificate',
    },
  },
  mapping: { email: ['email'], firstName: ['firstName'], lastName: ['lastName'], groups: ['groups'] },
  settings: { nameIdFormat: 'emailAddress' },
  places: {
    audience: [...configuration, 'Entity ID'],
    'acs-url': [...configuration, 'ACS URLs'],
    recipient: [...configuration, 'ACS URLs'],
    destination: [...configuration, 'ACS URLs'],
    'name-id': [...mappings, 'saml_subject'],
    'email-attribute': [...mappings, 'email'],
    attributes: mappings,
    groups: [...mappings, 'groups'],
    signature: [...configuration, 'Signing Key', 'Sign Assertion'],
    'signature-algorithm': [...configuration, 'Signing Key', 'Signing Algorithm'],
    certificate: [...configuration, 'Signing Key'],
    encryption: [...configuration, 'Enable Encryption'],
    'request-signature': [...configuration, 'Enforce Signed AuthnRequest'],
    'relay-state': [...configuration, 'Target Application URL'],
    assignment: access,
    metadata: [...configuration, 'IDP Metadata URL'],
  },
  provisioning: {
    support: 'push',
    instructions: [
      go('Integrations', 'Provisioning', '+', 'New Connection', 'Identity Store', 'SCIM Outbound'),
      set('SCIM BASE URL', ours('scim-url')),
      set('SCIM Version', option('2.0')),
      set('Authentication Method', option('OAuth 2 Bearer Token')),
      set('Oauth Access Token', ours('scim-token')),
      set('User Filter Expression', text('userName Eq "%s"')),
      go('Test Connection'),
      go('Save'),
      go('Integrations', 'Provisioning', '+', 'New Rule'),
    ],
    notes: [
      texts(
        'The connection alone sends nobody: a rule says who, and both have a switch of their own.',
        'Die Verbindung allein sendet niemanden: Eine Regel sagt, wen, und beide haben ihren eigenen Schalter.',
        'La connexion seule n’envoie personne : une règle dit qui, et chacune a son propre interrupteur.',
      ),
    ],
  },
  singleLogout: {
    support: 'yes',
    instructions: [
      go(...configuration, 'Edit'),
      set('SLO Endpoint', ours('slo-url')),
      set('SLO Response Endpoint', ours('slo-url')),
      set('SLO Binding', option('HTTP Redirect')),
      set('Verification Certificate', ours('sp-certificate')),
      go('Save'),
    ],
  },
  gotchas: [
    texts(
      'If saml_subject stays at User ID, an internal ID arrives where the address should be.',
      'Bleibt saml_subject auf „User ID“, kommt eine interne Kennung an, wo die Adresse stehen sollte.',
      'Si saml_subject reste sur « User ID », un identifiant interne arrive à la place de l’adresse.',
    ),
    texts(
      'A new app is switched off: sign-in then fails at PingOne, before anything reaches us.',
      'Eine neue App ist ausgeschaltet: Die Anmeldung scheitert dann bei PingOne, bevor uns etwas erreicht.',
      'Une nouvelle application est désactivée : la connexion échoue alors chez PingOne, avant que rien ne nous parvienne.',
    ),
  ],
  errors: [],
  verified: {
    confidence: 'documented',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: [
      'console.role',
      'metadata.urlLike',
      'places.encryption',
      'places.request-signature',
      'provisioning',
      'singleLogout',
    ],
  },
  recognises: ({ entityId, ssoUrls }) =>
    [entityId, ...ssoUrls].some((url) => /^https:\/\/auth\.pingone\.[a-z.]+\//i.test(url)),
};
