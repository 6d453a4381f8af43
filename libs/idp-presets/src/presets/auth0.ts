import { go, option, ours, say, set, texts, ticked } from '../instructions';
import { copyTheAddress, groupsAsWell, nameTheApp } from '../phrases';
import type { IdpPreset } from '../preset';

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
const addon = ['Applications', 'Applications', 'Addons', 'SAML2 Web App'] as const;
const settings = [...addon, 'Settings'] as const;
const usage = [...addon, 'Usage', 'Identity Provider Metadata'] as const;
const action = ['Actions', 'Triggers', 'post-login'] as const;

/** Auth0 as the identity provider: the add-on of an application, which one JSON document sets up. */
export const auth0: IdpPreset = {
  id: 'auth0',
  name: 'Auth0',
  alsoKnownAs: ['Okta Customer Identity Cloud'],
  protocol: 'saml',
  console: { name: 'Auth0 Dashboard', url: 'https://manage.auth0.com', role: 'Admin' },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          instructions: [
            go('Applications', 'Applications', 'Create Application'),
            nameTheApp,
            set('Choose an application type', option('Regular Web Applications')),
            go('Create'),
            go('Addons'),
            set('SAML2 Web App', ticked),
          ],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            go('SAML2 Web App', 'Settings'),
            set('Application Callback URL', ours('acs-url')),
            say(
              'Clear the settings below it and paste these in their place, whole.',
              'Leeren Sie die Einstellungen darunter und fügen Sie stattdessen diese ein, vollständig.',
              'Videz les réglages du dessous et collez ceux-ci à la place, en entier.',
            ),
            set('Settings', ours('auth0-settings')),
            go('Enable'),
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
              'Address, first and last name are in the settings already.',
              'Adresse, Vor- und Nachname stehen schon in den Einstellungen.',
              'L’adresse, le prénom et le nom figurent déjà dans les réglages.',
            ),
            groupsAsWell,
            go(...action, 'Add Action'),
            say(
              'In its code, call api.samlResponse.setAttribute with the name "groups" and the roles of event.authorization, then deploy it.',
              'Rufen Sie in ihrem Code api.samlResponse.setAttribute mit dem Namen „groups“ und den Rollen aus event.authorization auf und aktivieren Sie sie mit „Deploy“.',
              'Dans son code, appelez api.samlResponse.setAttribute avec le nom « groups » et les rôles de event.authorization, puis activez-la avec « Deploy ».',
            ),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [
        {
          instructions: [
            go('Addons', 'SAML2 Web App', 'Usage', 'Identity Provider Metadata'),
            say(
              'Copy the address of that link.',
              'Kopieren Sie die Adresse dieses Links.',
              'Copiez l’adresse de ce lien.',
            ),
          ],
        },
        {
          name: texts(
            'The link downloads a file',
            'Der Link lädt eine Datei herunter',
            'Le lien télécharge un fichier',
          ),
          instructions: [
            go('Settings', 'Advanced Settings', 'Endpoints', 'SAML Metadata URL'),
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
            say(
              'There is nobody to assign: whoever can sign in to this application at Auth0 gets here. Decide under “Connections” which accounts that are.',
              'Zuzuweisen ist niemand: Wer sich bei Auth0 an dieser Anwendung anmelden kann, kommt hierher. Unter „Connections“ bestimmen Sie, welche Konten das sind.',
              'Il n’y a personne à affecter : qui peut se connecter à cette application dans Auth0 arrive ici. Sous « Connections », décidez quels comptes le peuvent.',
            ),
            go('Applications', 'Applications', 'Connections'),
          ],
        },
      ],
    },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    urlLike: 'https://{tenant}.auth0.com/samlp/metadata/{client}',
    manual: {
      entityId: 'Issuer',
      ssoUrl: 'Identity Provider Login URL',
      certificate: 'Identity Provider Certificate',
    },
    doubt: ({ pathname, searchParams }) =>
      pathname === '/samlp/metadata' && searchParams.has('connection')
        ? texts(
            'This address has “connection”: it describes Auth0 where it signs people in elsewhere, not your application. Copy the one from “Usage”.',
            'Diese Adresse enthält „connection“: Sie beschreibt Auth0 dort, wo es Personen anderswo anmeldet, nicht Ihre Anwendung. Kopieren Sie die unter „Usage“.',
            'Cette adresse contient « connection » : elle décrit Auth0 là où il connecte les gens ailleurs, non votre application. Copiez celle de « Usage ».',
          )
        : undefined,
  },
  mapping: {
    email: ['email', `${claims}/emailaddress`],
    firstName: ['firstName', `${claims}/givenname`],
    lastName: ['lastName', `${claims}/surname`],
    displayName: [`${claims}/name`],
    groups: ['groups', 'http://schemas.xmlsoap.org/claims/Group'],
  },
  settings: { nameIdFormat: 'emailAddress' },
  places: {
    audience: [...settings, 'audience'],
    'acs-url': [...settings, 'Application Callback URL'],
    recipient: [...settings, 'recipient'],
    destination: [...settings, 'destination'],
    'name-id': [...settings, 'nameIdentifierProbes'],
    'email-attribute': [...settings, 'mappings'],
    attributes: [...settings, 'mappings'],
    groups: action,
    signature: [...settings, 'signResponse'],
    'signature-algorithm': [...settings, 'signatureAlgorithm'],
    certificate: ['Settings', 'Signing Keys', 'Rotate & Revoke Key'],
    assignment: ['Applications', 'Applications', 'Connections'],
    metadata: usage,
  },
  provisioning: {
    support: 'none',
    instructions: [],
    notes: [
      texts(
        'The add-on pushes nobody: people come in when they first sign in, and leave when you remove them here.',
        'Das Add-on sendet niemanden: Personen kommen mit der ersten Anmeldung herein und gehen, wenn Sie sie hier entfernen.',
        'L’extension n’envoie personne : les gens arrivent à leur première connexion et partent quand vous les retirez ici.',
      ),
    ],
  },
  singleLogout: {
    support: 'yes',
    instructions: [
      go(...settings),
      say(
        'Add an object "logout" to the settings with "slo_enabled" set to true, and with this address as its "callback".',
        'Ergänzen Sie die Einstellungen um ein Objekt „logout“, darin „slo_enabled“ auf true und diese Adresse als „callback“.',
        'Ajoutez aux réglages un objet « logout » avec « slo_enabled » à true et cette adresse comme « callback ».',
      ),
      set('callback', ours('slo-url')),
      go('Save'),
    ],
  },
  gotchas: [
    texts(
      'Without both algorithms in the settings Auth0 signs with SHA-1, which is refused here: paste the settings whole.',
      'Ohne beide Algorithmen in den Einstellungen signiert Auth0 mit SHA-1, was hier abgelehnt wird: Fügen Sie sie vollständig ein.',
      'Sans les deux algorithmes dans les réglages, Auth0 signe en SHA-1, refusé ici : collez-les en entier.',
    ),
    texts(
      'The setting “signResponse” moves the signature from the assertion to the response; it does not add a second one.',
      'Die Einstellung „signResponse“ verschiebt die Signatur von der Assertion zur Antwort; eine zweite fügt sie nicht hinzu.',
      'Le réglage « signResponse » déplace la signature de l’assertion vers la réponse ; il n’en ajoute pas une seconde.',
    ),
    texts(
      'If your tenant lets anybody sign up, anybody gets here: switch sign-ups off for the connections of this application.',
      'Darf sich in Ihrem Mandanten jeder registrieren, kommt jeder hierher: Schalten Sie die Registrierung für die Verbindungen dieser Anwendung aus.',
      'Si n’importe qui peut s’inscrire dans votre tenant, n’importe qui arrive ici : désactivez l’inscription pour les connexions de cette application.',
    ),
  ],
  errors: [],
  verified: {
    confidence: 'documented',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: ['console.role', 'places.certificate', 'singleLogout', 'groups: names in Actions'],
  },
  recognises: ({ entityId, ssoUrls }) =>
    /^urn:[^/]+\.auth0\.com$/i.test(entityId) ||
    ssoUrls.some((url) => /^https:\/\/[^/]+\.auth0\.com\/samlp\//i.test(url)),
};
