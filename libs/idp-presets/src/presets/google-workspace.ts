import { empty, go, option, ours, say, set, texts } from '../instructions';
import { nameTheApp, uploadTheFile } from '../phrases';
import type { IdpPreset } from '../preset';

const apps = { en: 'Apps', de: 'Apps', fr: 'Applications' };
const webAndMobile = {
  en: 'Web and mobile apps',
  de: 'Web- und mobile Apps',
  fr: 'Applications Web et mobiles',
};
const access = { en: 'User access', de: 'Nutzerzugriff', fr: 'Accès des utilisateurs' };
const details = {
  en: 'Service provider details',
  de: 'Details zum Dienstanbieter',
  fr: 'Informations sur le fournisseur de services',
};

/** A custom SAML app. Google offers no address for its metadata: the file is uploaded, and again when the certificate changes. */
export const googleWorkspace: IdpPreset = {
  id: 'google-workspace',
  name: 'Google Workspace',
  alsoKnownAs: ['G Suite', 'Google SAML', 'Cloud Identity'],
  protocol: 'saml',
  console: { name: 'Google Admin console', url: 'https://admin.google.com', role: 'Super Admin' },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          instructions: [
            go(apps, webAndMobile, 'Add app', 'Add custom SAML app'),
            nameTheApp,
            go('Continue'),
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
              'Google shows its own values first. Download the metadata there, keep the file for the next step, and continue.',
              'Google zeigt zuerst seine eigenen Werte. Laden Sie dort die Metadaten herunter, behalten Sie die Datei für den nächsten Schritt und gehen Sie weiter.',
              'Google affiche d’abord ses propres valeurs. Téléchargez-y les métadonnées, gardez le fichier pour l’étape suivante et continuez.',
            ),
            go('Option 1: Download IdP metadata', 'Download metadata'),
            go('Continue'),
            set('ACS URL', ours('acs-url')),
            set('Entity ID', ours('entity-id')),
            set('Start URL', empty),
            set('Name ID format', option('EMAIL')),
            set('Name ID', option('Basic Information > Primary email')),
            go('Continue'),
          ],
        },
      ],
    },
    {
      id: 'attributes',
      screens: [
        {
          instructions: [
            go('Attributes', 'Add mapping'),
            set('Primary email', { kind: 'text', text: 'email' }),
            set('First name', { kind: 'text', text: 'firstName' }),
            set('Last name', { kind: 'text', text: 'lastName' }),
            say(
              'If groups shall decide roles, choose up to 75 of them under “Group membership (optional)” and name the attribute "groups".',
              'Sollen Gruppen über Rollen entscheiden, wählen Sie unter „Group membership (optional)“ bis zu 75 davon und nennen Sie das Attribut „groups“.',
              'Si des groupes doivent décider des rôles, choisissez-en jusqu’à 75 sous « Group membership (optional) » et nommez l’attribut « groups ».',
            ),
            go('Finish'),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [{ instructions: [go('Download metadata'), uploadTheFile] }],
    },
    {
      id: 'assign',
      screens: [
        {
          instructions: [
            go(access),
            set('Service status', option('ON for everyone')),
            go('Save'),
            say(
              'It takes minutes, at times up to 24 hours, until Google lets people through. A test that fails until then proves nothing.',
              'Es dauert Minuten, manchmal bis zu 24 Stunden, bis Google die Leute durchlässt. Ein Test, der vorher scheitert, beweist nichts.',
              'Il faut quelques minutes, parfois jusqu’à 24 heures, avant que Google laisse passer les gens. Un test qui échoue avant ne prouve rien.',
            ),
          ],
        },
      ],
    },
  ],
  metadata: {
    ways: ['file', 'manual'],
    manual: { entityId: 'Entity ID', ssoUrl: 'SSO URL', certificate: 'Certificate' },
  },
  mapping: {
    email: ['email'],
    firstName: ['firstName'],
    lastName: ['lastName'],
    groups: ['groups'],
  },
  settings: { nameIdFormat: 'emailAddress' },
  places: {
    audience: [apps, webAndMobile, details, 'Entity ID'],
    'acs-url': [apps, webAndMobile, details, 'ACS URL'],
    recipient: [apps, webAndMobile, details, 'ACS URL'],
    destination: [apps, webAndMobile, details, 'ACS URL'],
    'relay-state': [apps, webAndMobile, details, 'Start URL'],
    'name-id': [apps, webAndMobile, details, 'Name ID format'],
    signature: [apps, webAndMobile, details, 'Signed response'],
    'signature-algorithm': [apps, webAndMobile, details, 'Signed response'],
    'email-attribute': [apps, webAndMobile, 'SAML attribute mapping', 'Primary email'],
    attributes: [apps, webAndMobile, 'SAML attribute mapping'],
    groups: [apps, webAndMobile, 'SAML attribute mapping', 'Group membership (optional)'],
    certificate: ['Security', 'Authentication', 'SSO with SAML applications'],
    assignment: [apps, webAndMobile, access],
    metadata: [apps, webAndMobile, 'Download metadata'],
  },
  provisioning: {
    support: 'none',
    instructions: [],
    notes: [
      texts(
        'Google pushes nobody to apps of your own making: people come in with their first sign-in.',
        'Google sendet niemanden an selbst angelegte Apps: Personen kommen mit ihrer ersten Anmeldung herein.',
        'Google n’envoie personne aux applications que vous créez : les gens arrivent avec leur première connexion.',
      ),
    ],
  },
  singleLogout: { support: 'no', instructions: [] },
  gotchas: [
    texts(
      'Whoever is signed in to several Google accounts may send the wrong one: choose “Use another account” on Google’s page.',
      'Wer bei mehreren Google-Konten angemeldet ist, sendet womöglich das falsche: Wählen Sie auf Googles Seite „Anderes Konto verwenden“.',
      'Qui est connecté à plusieurs comptes Google envoie peut-être le mauvais : choisissez « Utiliser un autre compte » sur la page de Google.',
    ),
    texts(
      'A new primary address is a new person for Google’s answers: the member connects the account once more.',
      'Eine neue Hauptadresse ist in Googles Antworten eine neue Person: Das Mitglied verknüpft sein Konto dann noch einmal.',
      'Une nouvelle adresse principale est une nouvelle personne dans les réponses de Google : le membre relie alors son compte encore une fois.',
    ),
  ],
  errors: [
    {
      says: ['app_not_configured_for_user'],
      means: texts(
        'Our name differs from the Entity ID that was entered (case counts), or the browser is in another Google account.',
        'Unser Name weicht von der eingetragenen Entity ID ab (Groß- und Kleinschreibung zählt), oder der Browser ist in einem anderen Google-Konto.',
        'Notre nom diffère de l’« Entity ID » saisi (la casse compte), ou le navigateur est dans un autre compte Google.',
      ),
      mender: 'it-admin',
      place: 'audience',
    },
    {
      says: ['app_not_enabled_for_user'],
      means: texts(
        'The app is switched off for the part of the organisation that the person belongs to.',
        'Die App ist für die Organisationseinheit der Person ausgeschaltet.',
        'L’application est désactivée pour l’unité organisationnelle de la personne.',
      ),
      mender: 'it-admin',
      place: 'assignment',
    },
    {
      says: ['app_not_configured'],
      means: texts(
        'No app of this Google account has our entity ID.',
        'Keine App dieses Google-Kontos hat unsere Entitäts-ID.',
        'Aucune application de ce compte Google n’a notre ID d’entité.',
      ),
      mender: 'it-admin',
      place: 'audience',
    },
  ],
  verified: {
    confidence: 'documented',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: ['places.signature', 'German and French names of the console'],
  },
  recognises: ({ entityId }) => /^https:\/\/accounts\.google\.com\/o\/saml2\?idpid=/i.test(entityId),
};
