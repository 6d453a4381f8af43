import { empty, go, option, ours, say, set, text, texts, ticked } from '../instructions';
import { assignYourself, copyTheAddress, nameTheApp } from '../phrases';
import type { IdpPreset } from '../preset';

const settings = ['Applications', 'Applications', 'General', 'SAML Settings', 'Edit'] as const;

/** Apps made with the app integration wizard; those of the catalogue have screens of their own. */
export const okta: IdpPreset = {
  id: 'okta',
  name: 'Okta',
  alsoKnownAs: ['Okta Workforce Identity'],
  protocol: 'saml',
  console: { name: 'Okta Admin Console', role: 'Application Administrator' },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          instructions: [
            go('Applications', 'Applications', 'Create App Integration'),
            set('Sign-in method', option('SAML 2.0')),
            go('Next'),
            nameTheApp,
            go('Next'),
          ],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            set('Single sign-on URL', ours('acs-url')),
            set('Use this for Recipient URL and Destination URL', ticked),
            set('Audience URI (SP Entity ID)', ours('entity-id')),
            set('Default RelayState', empty),
            set('Name ID format', option('EmailAddress')),
            set('Application username', option('Okta username')),
            go('Next'),
            set('App type', option('This is an internal app that we have created')),
            go('Finish'),
          ],
        },
      ],
    },
    {
      id: 'attributes',
      screens: [
        {
          name: texts(
            'There is a button “Add expression”',
            'Es gibt die Schaltfläche „Add expression“',
            'Il y a un bouton « Add expression »',
          ),
          instructions: [
            go('Sign On', 'Attribute statements', 'Add expression'),
            set('email', text('user.profile.email')),
            set('firstName', text('user.profile.firstName')),
            set('lastName', text('user.profile.lastName')),
          ],
        },
        {
          name: texts(
            'Each row has a name, a format and a value',
            'Jede Zeile hat einen Namen, ein Format und einen Wert',
            'Chaque ligne a un nom, un format et une valeur',
          ),
          instructions: [
            go('Sign On', 'Show legacy configuration', 'Profile attribute statements', 'Edit'),
            set('email', text('user.email')),
            set('firstName', text('user.firstName')),
            set('lastName', text('user.lastName')),
            say(
              'If groups shall decide roles, add the group attribute "groups" with the filter "Matches regex" and the value ".*".',
              'Sollen Gruppen über Rollen entscheiden, ergänzen Sie das Gruppenattribut „groups“ mit dem Filter „Matches regex“ und dem Wert „.*“.',
              'Si des groupes doivent décider des rôles, ajoutez l’attribut de groupe « groups » avec le filtre « Matches regex » et la valeur « .* ».',
            ),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [
        { instructions: [go('Sign On', 'Metadata details', 'Metadata URL', 'Copy'), copyTheAddress] },
        {
          name: texts(
            'There is a list “SAML Signing Certificates”',
            'Es gibt eine Liste „SAML Signing Certificates“',
            'Il y a une liste « SAML Signing Certificates »',
          ),
          instructions: [
            go('Sign On', 'SAML Signing Certificates', 'Actions', 'View IdP metadata'),
            say(
              'A tab with the metadata opens: copy its address.',
              'Ein Tab mit den Metadaten öffnet sich: kopieren Sie dessen Adresse.',
              'Un onglet s’ouvre avec les métadonnées : copiez son adresse.',
            ),
          ],
        },
      ],
    },
    {
      id: 'assign',
      screens: [
        {
          instructions: [go('Assignments', 'Assign', 'Assign to Groups'), assignYourself],
        },
      ],
    },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    urlLike: 'https://{org}.okta.com/app/{key}/sso/saml/metadata',
    manual: { entityId: 'Issuer', ssoUrl: 'Sign on URL', certificate: 'Signing Certificate' },
  },
  mapping: {
    email: ['email'],
    firstName: ['firstName'],
    lastName: ['lastName'],
    groups: ['groups'],
  },
  settings: { nameIdFormat: 'emailAddress' },
  places: {
    audience: [...settings, 'Audience URI (SP Entity ID)'],
    'acs-url': [...settings, 'Single sign-on URL'],
    recipient: [...settings, 'Use this for Recipient URL and Destination URL'],
    destination: [...settings, 'Use this for Recipient URL and Destination URL'],
    'name-id': [...settings, 'Name ID format'],
    'relay-state': [...settings, 'Default RelayState'],
    'signature-algorithm': [...settings, 'Show Advanced Settings', 'Signature Algorithm'],
    signature: [...settings, 'Show Advanced Settings', 'Assertion Signature'],
    encryption: [...settings, 'Show Advanced Settings', 'Assertion Encryption'],
    'request-signature': [...settings, 'Show Advanced Settings', 'Signature Certificate'],
    'email-attribute': ['Sign On', 'Attribute statements'],
    attributes: ['Sign On', 'Attribute statements'],
    groups: ['Sign On', 'Group attribute statements'],
    certificate: ['Sign On', 'SAML Signing Certificates', 'Actions', 'Activate'],
    assignment: ['Assignments', 'Assign'],
    metadata: ['Sign On', 'Metadata URL'],
  },
  provisioning: {
    support: 'push',
    instructions: [
      go('General', 'App Settings', 'Edit'),
      set('Provisioning', option('SCIM')),
      go('Provisioning', 'Integration', 'Edit'),
      set('SCIM connector base URL', ours('scim-url')),
      set('Unique identifier field for users', text('userName')),
      set('Push New Users', ticked),
      set('Push Profile Updates', ticked),
      set('Push Groups', ticked),
      set('Authentication Mode', option('HTTP Header')),
      set('Authorization', ours('scim-token')),
      go('Test Connector Configuration'),
      go('Provisioning', 'To App', 'Edit'),
      set('Create Users', ticked),
      set('Update User Attributes', ticked),
      set('Deactivate Users', ticked),
    ],
    notes: [
      texts(
        'People who were assigned before provisioning was switched on arrive with “Force Sync”.',
        'Wer vor dem Einschalten der Bereitstellung zugewiesen wurde, kommt erst mit „Force Sync“ an.',
        'Les personnes affectées avant l’activation de l’approvisionnement n’arrivent qu’avec « Force Sync ».',
      ),
      texts(
        'Suspending somebody in Okta sends nothing; deactivating or taking the assignment away does.',
        'Wird jemand in Okta nur suspendiert, erfährt niemand davon; deaktivieren oder die Zuweisung entfernen wirkt.',
        'Suspendre quelqu’un dans Okta n’envoie rien ; désactiver ou retirer l’affectation, si.',
      ),
    ],
  },
  singleLogout: {
    support: 'yes',
    instructions: [
      go(...settings, 'Show Advanced Settings'),
      set('Allow application to initiate Single Logout', ticked),
      set('Single Logout URL', ours('slo-url')),
      set('SP Issuer', ours('entity-id')),
      set('Signature Certificate', ours('sp-certificate')),
      say(
        'Fetch the metadata again afterwards: it names the logout address from then on only.',
        'Rufen Sie danach die Metadaten erneut ab: Erst dann nennen sie die Abmeldeadresse.',
        'Récupérez ensuite à nouveau les métadonnées : elles n’indiquent l’adresse de déconnexion qu’à partir de là.',
      ),
    ],
  },
  gotchas: [
    texts(
      'A slash at the end of the Single sign-on URL, or another case in it, makes it another address.',
      'Ein Schrägstrich am Ende der „Single sign-on URL“ oder andere Groß- und Kleinschreibung ergibt eine andere Adresse.',
      'Une barre oblique à la fin de « Single sign-on URL », ou une autre casse, en fait une autre adresse.',
    ),
    texts(
      'The Okta username may look like an address and be no mailbox: the attribute email decides.',
      'Der Okta-Benutzername kann wie eine Adresse aussehen, ohne ein Postfach zu sein: Es zählt das Attribut „email“.',
      'Le nom d’utilisateur Okta peut ressembler à une adresse sans être une boîte aux lettres : c’est l’attribut « email » qui compte.',
    ),
  ],
  errors: [
    {
      says: ['not assigned to this application', 'do not have access', 'user is not assigned'],
      means: texts(
        'Okta knows the person, and the app is not assigned to them.',
        'Okta kennt die Person, aber die App ist ihr nicht zugewiesen.',
        'Okta connaît la personne, mais l’application ne lui est pas attribuée.',
      ),
      mender: 'it-admin',
      place: 'assignment',
    },
  ],
  verified: { confidence: 'documented', on: '2026-11-20', recheckBy: '2027-05-20' },
  recognises: ({ entityId, ssoUrls }) =>
    /^https?:\/\/www\.okta\.com\/exk/i.test(entityId) ||
    ssoUrls.some((url) => /^https:\/\/[^/]+\.(okta|oktapreview|okta-emea)\.com\/app\//i.test(url)),
};
