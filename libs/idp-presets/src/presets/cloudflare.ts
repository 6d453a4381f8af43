import { empty, go, option, ours, say, set, text, texts } from '../instructions';
import { copyTheAddress, pushesNobody } from '../phrases';
import type { IdpPreset } from '../preset';

const applications = ['Zero Trust', 'Access controls', 'Applications'] as const;
const app = [...applications, 'Configure'] as const;
const statements = [...app, 'SAML attribute statements'] as const;

const chooseSaml = [
  say(
    'Type the name that your colleagues will see under “Application”, and choose the box that appears below it.',
    'Tippen Sie unter „Application“ den Namen ein, den Ihre Kolleginnen und Kollegen sehen sollen, und wählen Sie das Feld, das darunter erscheint.',
    'Saisissez sous « Application » le nom que vos collègues verront, puis choisissez la case qui apparaît en dessous.',
  ),
  set('Select the authentication protocol', option('SAML')),
  go('Add application'),
];

/** Cloudflare in front of an identity provider of the customer's own: it passes on what that one tells it. */
export const cloudflare: IdpPreset = {
  id: 'cloudflare',
  name: 'Cloudflare Access',
  alsoKnownAs: ['Cloudflare Zero Trust', 'Cloudflare One'],
  protocol: 'saml',
  console: {
    name: 'Cloudflare dashboard',
    url: 'https://one.dash.cloudflare.com',
    role: 'Cloudflare Zero Trust',
  },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          name: texts(
            'The menu has “Access controls”',
            'Im Menü steht „Access controls“',
            'Le menu contient « Access controls »',
          ),
          instructions: [go(...applications, 'Create new application', 'SaaS application'), ...chooseSaml],
        },
        {
          name: texts(
            'The menu has “Access” alone',
            'Im Menü steht nur „Access“',
            'Le menu contient seulement « Access »',
          ),
          instructions: [
            go('Zero Trust', 'Access', 'Applications', 'Add an application', 'SaaS'),
            ...chooseSaml,
          ],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            set('Entity ID', ours('entity-id')),
            set('Assertion Consumer Service URL', ours('acs-url')),
            set('Name ID Format', option('Email')),
            set('Default relay state', empty),
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
              'The address is sent as the name of the person, which is enough. First and last name come along if your identity provider tells them to Cloudflare:',
              'Die Adresse wird als Name der Person gesendet, das genügt. Vor- und Nachname kommen mit, wenn Ihr Identity Provider sie Cloudflare mitteilt:',
              'L’adresse est envoyée comme nom de la personne, cela suffit. Le prénom et le nom suivent si votre fournisseur d’identité les communique à Cloudflare :',
            ),
            go('SAML attribute statements', 'Add'),
            set('Name', text('firstName')),
            set('Name', text('lastName')),
            say(
              'Under “IdP claim”, write what your identity provider calls each of them. Groups come as “groups” from Okta, Entra ID, Google Workspace and GitHub without further ado.',
              'Unter „IdP claim“ schreiben Sie, wie Ihr Identity Provider sie jeweils nennt. Gruppen kommen von Okta, Entra ID, Google Workspace und GitHub ohne Weiteres als „groups“ an.',
              'Sous « IdP claim », écrivez le nom que leur donne votre fournisseur d’identité. Les groupes arrivent d’eux-mêmes en « groups » depuis Okta, Entra ID, Google Workspace et GitHub.',
            ),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [
        {
          name: texts(
            'There is a “SAML Metadata endpoint”',
            'Es gibt einen „SAML Metadata endpoint“',
            'Il y a un « SAML Metadata endpoint »',
          ),
          instructions: [go('SAML Metadata endpoint'), copyTheAddress],
        },
        {
          name: texts(
            'There is an “SSO endpoint” only',
            'Es gibt nur einen „SSO endpoint“',
            'Il n’y a qu’un « SSO endpoint »',
          ),
          instructions: [
            go('SSO endpoint'),
            say(
              'Copy it, add /saml-metadata to its end, and paste that here.',
              'Kopieren Sie ihn, hängen Sie /saml-metadata an und fügen Sie das hier ein.',
              'Copiez-le, ajoutez /saml-metadata à la fin, et collez le tout ici.',
            ),
          ],
        },
      ],
    },
    {
      id: 'assign',
      screens: [
        {
          instructions: [
            go('Access policies', 'Create new policy'),
            set('Action', option('Allow')),
            say(
              'Without a policy nobody gets through. Include the groups or domains of your people, and yourself.',
              'Ohne Richtlinie kommt niemand durch. Nehmen Sie die Gruppen oder Domains Ihrer Leute auf, und sich selbst.',
              'Sans stratégie, personne ne passe. Incluez les groupes ou domaines de vos utilisateurs, et vous-même.',
            ),
            go('Save'),
          ],
        },
      ],
    },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    urlLike: 'https://{team}.cloudflareaccess.com/cdn-cgi/access/sso/saml/{key}/saml-metadata',
    manual: {
      entityId: 'Access Entity ID or Issuer',
      ssoUrl: 'SSO endpoint',
      certificate: 'Public key',
    },
  },
  mapping: {
    email: ['email'],
    firstName: ['firstName'],
    lastName: ['lastName'],
    displayName: ['name'],
    groups: ['groups'],
  },
  settings: { nameIdFormat: 'emailAddress' },
  places: {
    audience: [...app, 'Entity ID'],
    'acs-url': [...app, 'Assertion Consumer Service URL'],
    recipient: [...app, 'Assertion Consumer Service URL'],
    destination: [...app, 'Assertion Consumer Service URL'],
    'relay-state': [...app, 'Default relay state'],
    'name-id': [...app, 'Name ID Format'],
    'email-attribute': [...app, 'Name ID Format'],
    attributes: statements,
    groups: statements,
    'signature-algorithm': [...app, 'Public key'],
    certificate: [...app, 'Public key'],
    assignment: [...app, 'Policies'],
    metadata: [...app, 'SAML Metadata endpoint'],
  },
  provisioning: { support: 'none', instructions: [], notes: [pushesNobody] },
  singleLogout: { support: 'no', instructions: [] },
  gotchas: [
    texts(
      'Cloudflare asks an identity provider of yours. If that one has a guide here, connecting it directly is one thing less that can fail.',
      'Cloudflare fragt selbst einen Identity Provider von Ihnen. Gibt es für diesen hier eine Anleitung, fällt bei direkter Verbindung eine Fehlerquelle weg.',
      'Cloudflare interroge l’un de vos fournisseurs d’identité. S’il a un guide ici, le relier directement fait une cause de panne en moins.',
    ),
    texts(
      'The one-time PIN of Cloudflare proves a mailbox, not that somebody works for you: leave it out of the login methods of this app.',
      'Die Einmal-PIN von Cloudflare beweist ein Postfach, nicht, dass jemand zu Ihnen gehört: Lassen Sie sie bei den Anmeldearten dieser App weg.',
      'Le code à usage unique de Cloudflare prouve une boîte aux lettres, pas que quelqu’un est des vôtres : retirez-le des modes de connexion de cette application.',
    ),
  ],
  errors: [
    {
      says: ['That account does not have access'],
      means: texts(
        'No access policy of the app lets this person through.',
        'Keine Zugriffsrichtlinie der App lässt diese Person durch.',
        'Aucune stratégie d’accès de l’application ne laisse passer cette personne.',
      ),
      mender: 'it-admin',
      place: 'assignment',
    },
  ],
  verified: {
    confidence: 'to-check',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: [
      'console.role',
      'names of the fields for attributes',
      'Default relay state',
      'what it sends besides the NameID',
      'singleLogout',
      'entity ID in its metadata',
    ],
  },
  recognises: ({ ssoUrls }) =>
    ssoUrls.some((url) => /^https:\/\/[^/]+\/cdn-cgi\/access\/sso\/saml\//i.test(url)),
};
