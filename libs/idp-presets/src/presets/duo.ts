import { empty, go, option, ours, say, set, text, texts, ticked } from '../instructions';
import { copyTheAddress, groupsAsWell, leaveTheRest } from '../phrases';
import type { IdpPreset } from '../preset';

const app = ['Applications', 'Generic SAML Service Provider'] as const;
const provider = [...app, 'Service Provider'] as const;
const response = [...app, 'SAML Response'] as const;
const chooseTheSource = say(
  'If you are asked to configure instead, Duo Single Sign-On has no authentication source yet: set one up first.',
  'Werden Sie stattdessen zum Konfigurieren aufgefordert, hat Duo Single Sign-On noch keine Quelle für die Anmeldung: Richten Sie zuerst eine ein.',
  'Si l’on vous demande plutôt de configurer, Duo Single Sign-On n’a pas encore de source d’authentification : configurez-en d’abord une.',
);

/** Duo asks another directory or identity provider who the person is, and passes that on. */
export const duo: IdpPreset = {
  id: 'duo',
  name: 'Duo Single Sign-On',
  alsoKnownAs: ['Cisco Duo', 'Duo Security'],
  protocol: 'saml',
  console: {
    name: 'Duo Admin Panel',
    url: 'https://admin.duosecurity.com',
    role: 'Application Manager',
  },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          instructions: [
            go('Applications', 'Application Catalog', 'Generic SAML Service Provider', 'Add'),
            chooseTheSource,
          ],
        },
        {
          name: texts(
            'There is a button “Protect an Application”',
            'Es gibt eine Schaltfläche „Protect an Application“',
            'Il y a un bouton « Protect an Application »',
          ),
          instructions: [
            go('Applications', 'Protect an Application', 'Generic SAML Service Provider'),
            go('2FA with SSO hosted by Duo', 'Protect'),
            chooseTheSource,
          ],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            go('Service Provider'),
            set('Entity ID', ours('entity-id')),
            set('Assertion Consumer Service (ACS) URL', ours('acs-url')),
            set('Default Relay State', empty),
            go('SAML Response'),
            set('NameID format', option('urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress')),
            set('NameID attribute', option('<Email Address>')),
            set('Signature algorithm', option('SHA256')),
            set('Sign response', ticked),
            set('Sign assertion', ticked),
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
            go('SAML Response', 'Map attributes'),
            say(
              'The attribute of Duo goes to the left, our name to the right.',
              'Das Attribut von Duo steht links, unser Name rechts.',
              'L’attribut de Duo va à gauche, notre nom à droite.',
            ),
            set('<Email Address>', text('email')),
            set('<First Name>', text('firstName')),
            set('<Last Name>', text('lastName')),
            groupsAsWell,
            set('Role attributes', text('groups')),
            say(
              'Give each role there the Duo groups that it stands for. Save the page.',
              'Geben Sie dort jeder Rolle die Duo-Gruppen, für die sie steht. Speichern Sie die Seite.',
              'Donnez-y à chaque rôle les groupes Duo qu’il représente. Enregistrez la page.',
            ),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [{ instructions: [go('Metadata', 'Metadata URL', 'Copy'), copyTheAddress] }],
    },
    {
      id: 'assign',
      screens: [
        {
          instructions: [
            go('User access'),
            say(
              'Open the app to everyone, or to chosen groups with one of yours among them, and save. Duo’s policies apply on top.',
              'Öffnen Sie die App für alle oder für gewählte Gruppen, darunter eine von Ihren, und speichern Sie. Zusätzlich gelten die Richtlinien von Duo.',
              'Ouvrez l’application à tous, ou à des groupes choisis dont un des vôtres, et enregistrez. Les politiques de Duo s’appliquent en plus.',
            ),
          ],
        },
        {
          name: texts(
            'There is no “User access”',
            '„User access“ gibt es nicht',
            'Il n’y a pas de « User access »',
          ),
          instructions: [
            go('Settings', 'Permitted groups'),
            say(
              'Unticked, everyone gets in; ticked, only the groups that you choose.',
              'Nicht angekreuzt kommen alle herein; angekreuzt nur die Gruppen, die Sie wählen.',
              'Décochée, tout le monde entre ; cochée, seulement les groupes choisis.',
            ),
          ],
        },
      ],
    },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    urlLike: 'https://sso-{account}.sso.duosecurity.com/saml2/sp/{app}/metadata',
    manual: {
      entityId: 'Entity ID',
      ssoUrl: 'Single Sign-On URL',
      certificate: 'Download certificate',
    },
  },
  mapping: { email: ['email', 'mail'], firstName: ['firstName'], lastName: ['lastName'], groups: ['groups'] },
  settings: { nameIdFormat: 'emailAddress' },
  places: {
    audience: [...provider, 'Entity ID'],
    'acs-url': [...provider, 'Assertion Consumer Service (ACS) URL'],
    recipient: [...provider, 'Assertion Consumer Service (ACS) URL'],
    destination: [...provider, 'Assertion Consumer Service (ACS) URL'],
    'relay-state': [...provider, 'Default Relay State'],
    'name-id': [...response, 'NameID attribute'],
    signature: [...response, 'Signing options'],
    'signature-algorithm': [...response, 'Signature algorithm'],
    'email-attribute': [...response, 'Map attributes', '<Email Address>'],
    attributes: [...response, 'Map attributes'],
    groups: [...response, 'Role attributes'],
    certificate: [...app, 'Downloads', 'Download certificate'],
    assignment: [...app, 'User access'],
    metadata: [...app, 'Metadata', 'Metadata URL'],
  },
  provisioning: {
    support: 'none',
    instructions: [],
    notes: [
      texts(
        'Duo passes sign-ins on and pushes nobody: let the directory behind it push, if it can.',
        'Duo reicht Anmeldungen weiter und sendet niemanden: Lassen Sie das Verzeichnis dahinter senden, wenn es das kann.',
        'Duo transmet les connexions et n’envoie personne : faites envoyer l’annuaire qui est derrière, s’il le peut.',
      ),
    ],
  },
  singleLogout: {
    support: 'yes',
    instructions: [go(...provider), set('Single Logout URL', ours('slo-url'))],
  },
  gotchas: [
    texts(
      'Behind Duo stands a directory or another identity provider: an error may be its own, and is mended there.',
      'Hinter Duo steht ein Verzeichnis oder ein anderer Identity Provider: Ein Fehler kann von dort kommen und wird dort behoben.',
      'Derrière Duo se trouve un annuaire ou un autre fournisseur d’identité : une erreur peut venir de là, et s’y corrige.',
    ),
    texts(
      'People without a last name in that directory arrive without one.',
      'Wer in diesem Verzeichnis keinen Nachnamen hat, kommt ohne an.',
      'Qui n’a pas de nom de famille dans cet annuaire arrive sans.',
    ),
  ],
  errors: [],
  verified: {
    confidence: 'documented',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: ['console.role', 'Application Catalog', 'places.assignment', 'provisioning', 'singleLogout'],
  },
  recognises: ({ entityId, ssoUrls }) =>
    [entityId, ...ssoUrls].some((url) => /^https:\/\/[^/]+\.sso\.duosecurity\.com\/saml2\//i.test(url)),
};
