import { go, option, ours, say, set, text, texts, ticked, unticked } from '../instructions';
import { copyOrUpload, groupsAsWell, ourMetadata, pushesNobody, saveOurMetadata } from '../phrases';
import type { IdpPreset } from '../preset';

const client = ['Clients'] as const;
const access = [...client, 'Settings', 'Access settings'] as const;
const capabilities = [...client, 'Settings', 'SAML capabilities'] as const;
const signing = [...client, 'Settings', 'Signature and Encryption'] as const;
const endpoints = [...client, 'Advanced', 'Fine Grain SAML Endpoint Configuration'] as const;
const mappers = [...client, 'Client scopes', '…-dedicated'] as const;
const acsUrl = [...endpoints, 'Assertion Consumer Service POST Binding URL'] as const;

/** A client of a realm. All clients of a realm share one signing key; what an answer is for shows in its audience alone. */
export const keycloak: IdpPreset = {
  id: 'keycloak',
  name: 'Keycloak',
  alsoKnownAs: ['Red Hat build of Keycloak', 'Red Hat Single Sign-On', 'RH-SSO'],
  protocol: 'saml',
  console: { name: 'Keycloak Admin Console', role: 'realm-admin' },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          name: texts('You type the values', 'Sie tippen die Werte ein', 'Vous saisissez les valeurs'),
          instructions: [
            say(
              'Choose the realm of your people first, not “master”.',
              'Wählen Sie zuerst den Realm Ihrer Leute, nicht „master“.',
              'Choisissez d’abord le realm de vos utilisateurs, pas « master ».',
            ),
            go(...client, 'Create client'),
            set('Client type', option('SAML')),
            set('Client ID', ours('entity-id')),
            go('Next'),
          ],
        },
        {
          name: texts(
            'You import our metadata instead',
            'Sie importieren stattdessen unsere Metadaten',
            'Vous importez plutôt nos métadonnées',
          ),
          instructions: [
            set(ourMetadata, ours('metadata-url')),
            go(...client, 'Import client', 'Browse'),
            saveOurMetadata,
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
            set('Valid redirect URIs', ours('acs-url')),
            set('Master SAML Processing URL', ours('acs-url')),
            go('Save'),
            go(...capabilities),
            set('Name ID format', option('email')),
            set('Force POST binding', ticked),
            go(...signing),
            set('Sign documents', ticked),
            set('Signature algorithm', option('RSA_SHA256')),
            go('Save'),
            go('Keys'),
            set('Client signature required', unticked),
          ],
        },
      ],
    },
    {
      id: 'attributes',
      screens: [
        {
          instructions: [
            go('Client scopes', '…-dedicated', 'Configure a new mapper', 'User Property'),
            set('Property', text('email')),
            set('SAML Attribute Name', text('email')),
            set('SAML Attribute NameFormat', option('Basic')),
            go('Save'),
            say(
              'Add two more of the same kind, firstName and lastName. “Name” may be anything.',
              'Legen Sie zwei weitere derselben Art an, firstName und lastName. „Name“ ist beliebig.',
              'Ajoutez-en deux autres du même type, firstName et lastName. « Name » est libre.',
            ),
            groupsAsWell,
            go('Add mapper', 'By configuration', 'Group list'),
            set('Group attribute name', text('groups')),
            set('Single Group Attribute', ticked),
            set('Full group path', unticked),
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
            go('Realm settings', 'General', 'Endpoints', 'SAML 2.0 Identity Provider Metadata'),
            copyOrUpload,
          ],
        },
      ],
    },
    {
      id: 'assign',
      screens: [
        {
          instructions: [
            say(
              'Nothing to do: everybody in the realm may sign in. To admit some only, restrict the client by an authentication flow of its own, and leave yourself in:',
              'Hier ist nichts zu tun: Alle im Realm dürfen sich anmelden. Sollen es nur manche, beschränken Sie den Client mit einem eigenen Ablauf, der Sie selbst durchlässt:',
              'Rien à faire : tout le realm peut se connecter. Pour n’en admettre que certains, limitez le client par un flux d’authentification propre, qui vous laisse passer :',
            ),
            go(...client, 'Advanced', 'Authentication flow overrides', 'Browser Flow'),
          ],
        },
      ],
    },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    urlLike: 'https://{host}/realms/{realm}/protocol/saml/descriptor',
    manual: {
      entityId: 'entityID',
      ssoUrl: 'SingleSignOnService',
      certificate: 'Realm settings > Keys > RS256 > Certificate',
    },
  },
  // The second name is that of its predefined mappers, "X500 email" and the like.
  mapping: {
    email: ['email', 'urn:oid:1.2.840.113549.1.9.1'],
    firstName: ['firstName', 'urn:oid:2.5.4.42'],
    lastName: ['lastName', 'urn:oid:2.5.4.4'],
    groups: ['groups', 'member'],
  },
  settings: { nameIdFormat: 'emailAddress' },
  places: {
    audience: [...client, 'Settings', 'General settings', 'Client ID'],
    'acs-url': [...access, 'Valid redirect URIs'],
    recipient: acsUrl,
    destination: acsUrl,
    'relay-state': [...access, 'IDP Initiated SSO Relay State'],
    'name-id': [...capabilities, 'Name ID format'],
    'email-attribute': [...mappers, 'email', 'SAML Attribute Name'],
    attributes: mappers,
    groups: [...mappers, 'Group list', 'Group attribute name'],
    signature: [...signing, 'Sign documents'],
    'signature-algorithm': [...signing, 'Signature algorithm'],
    certificate: ['Realm settings', 'Keys'],
    encryption: [...client, 'Keys', 'Encrypt assertions'],
    'request-signature': [...client, 'Keys', 'Client signature required'],
    assignment: [...client, 'Advanced', 'Authentication flow overrides'],
    metadata: ['Realm settings', 'General', 'Endpoints', 'SAML 2.0 Identity Provider Metadata'],
  },
  provisioning: { support: 'none', instructions: [], notes: [pushesNobody] },
  singleLogout: {
    support: 'yes',
    instructions: [
      go(...client, 'Settings', 'Logout settings'),
      set('Front channel logout', ticked),
      go(...endpoints),
      set('Logout Service POST Binding URL', ours('slo-url')),
      set('Logout Service Redirect Binding URL', ours('slo-url')),
    ],
  },
  gotchas: [
    texts(
      'The Client ID must be our entity ID to the letter: Keycloak finds the client by it.',
      'Die „Client ID“ muss buchstabengetreu unsere Entitäts-ID sein: An ihr erkennt Keycloak den Client.',
      '« Client ID » doit être exactement notre ID d’entité : c’est ainsi que Keycloak trouve le client.',
    ),
    texts(
      'Whoever has no e-mail address in the realm cannot be named, and is refused.',
      'Wer im Realm keine E-Mail-Adresse hat, kann nicht benannt werden und wird abgewiesen.',
      'Qui n’a pas d’adresse e-mail dans le realm ne peut être nommé et est refusé.',
    ),
    texts(
      'The scope “role_list” sends every role of a person. Take it off the client if no role shall be read.',
      'Der Bereich „role_list“ sendet jede Rolle einer Person. Entfernen Sie ihn vom Client, wenn keine Rolle gelesen werden soll.',
      'La portée « role_list » envoie chaque rôle d’une personne. Retirez-la du client si aucun rôle ne doit être lu.',
    ),
  ],
  errors: [
    {
      says: ['Invalid requester', 'invalid_requester'],
      means: texts(
        'Keycloak checks the signature of our requests without our certificate: switch “Client signature required” off, or import the certificate under “Keys”.',
        'Keycloak prüft die Signatur unserer Anfragen ohne unser Zertifikat: Schalten Sie „Client signature required“ aus, oder importieren Sie das Zertifikat unter „Keys“.',
        'Keycloak vérifie la signature de nos requêtes sans notre certificat : désactivez « Client signature required », ou importez le certificat sous « Keys ».',
      ),
      mender: 'it-admin',
      place: 'request-signature',
    },
    {
      says: ['Invalid redirect uri', 'invalid_redirect_uri'],
      means: texts(
        'Our ACS URL is none of the “Valid redirect URIs”.',
        'Unsere ACS-URL ist keine der „Valid redirect URIs“.',
        'Notre URL ACS n’est aucune des « Valid redirect URIs ».',
      ),
      mender: 'it-admin',
      place: 'acs-url',
    },
    {
      says: ['Client not found', 'Unknown login requester'],
      means: texts(
        'No client of this realm has our entity ID as its Client ID.',
        'Kein Client dieses Realms hat unsere Entitäts-ID als „Client ID“.',
        'Aucun client de ce realm n’a notre ID d’entité comme « Client ID ».',
      ),
      mender: 'it-admin',
      place: 'audience',
    },
  ],
  verified: {
    confidence: 'documented',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: [
      'console.role',
      'Sign documents and Client signature required as they come',
      'errors: Client not found',
    ],
  },
  recognises: ({ ssoUrls }) => ssoUrls.some((url) => /\/realms\/[^/]+\/protocol\/saml\/?$/i.test(url)),
};
