import { empty, go, option, ours, say, set, text, texts, ticked } from '../instructions';
import { assignYourself, copyTheAddress, groupsAsWell, leaveTheRest, nameTheApp } from '../phrases';
import type { IdpPreset } from '../preset';

const apps = ['Applications', 'Applications'] as const;
const configuration = [...apps, 'Configuration'] as const;
const parameters = [...apps, 'Parameters'] as const;
const sso = [...apps, 'SSO'] as const;

/** The custom connector. Its Issuer URL, opened, is its metadata. */
export const oneLogin: IdpPreset = {
  id: 'onelogin',
  name: 'OneLogin',
  alsoKnownAs: ['One Identity'],
  protocol: 'saml',
  console: { name: 'OneLogin Administration', role: 'Super user' },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          instructions: [
            go(...apps, 'Add App', 'SAML Custom Connector (Advanced)'),
            nameTheApp,
            go('Save', 'Configuration'),
          ],
        },
        {
          name: texts(
            'The search does not find “SAML Custom Connector (Advanced)”',
            'Die Suche findet „SAML Custom Connector (Advanced)“ nicht',
            'La recherche ne trouve pas « SAML Custom Connector (Advanced) »',
          ),
          instructions: [
            go(...apps, 'Add App', 'SAML Test Connector (IdP w/attr)'),
            nameTheApp,
            go('Save', 'Configuration'),
          ],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            set('RelayState', empty),
            set('Audience (EntityID)', ours('entity-id')),
            set('Recipient', ours('acs-url')),
            set('ACS (Consumer) URL Validator*', ours('acs-validator')),
            set('ACS (Consumer) URL*', ours('acs-url')),
            set('Login URL', ours('sign-in-url')),
            set('SAML initiator', option('Service Provider')),
            set('SAML nameID format', option('Email')),
            set('SAML signature element', option('Assertion')),
            leaveTheRest,
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
            go('Parameters', '+'),
            say(
              'Add these one after the other: the name first, tick “Include in SAML assertion”, save, then choose the value and save again.',
              'Fügen Sie diese nacheinander hinzu: zuerst den Namen, „Include in SAML assertion“ ankreuzen, speichern, dann den Wert wählen und noch einmal speichern.',
              'Ajoutez-les l’un après l’autre : d’abord le nom, cochez « Include in SAML assertion », enregistrez, puis choisissez la valeur et enregistrez encore.',
            ),
            set('email', option('Email')),
            set('firstName', option('First Name')),
            set('lastName', option('Last Name')),
            groupsAsWell,
            set('groups', option('User Roles')),
            set('Multi-value parameter', ticked),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [
        {
          instructions: [
            go('SSO'),
            set('SAML Signature Algorithm', option('SHA-256')),
            go('Save'),
            go('SSO', 'Issuer URL'),
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
            go('Access', 'Roles'),
            say(
              'Choose the roles whose people may use the app.',
              'Wählen Sie die Rollen, deren Mitglieder die App nutzen dürfen.',
              'Choisissez les rôles dont les membres peuvent utiliser l’application.',
            ),
            go('Save'),
            assignYourself,
          ],
        },
      ],
    },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    urlLike: 'https://app.onelogin.com/saml/metadata/{app}',
    manual: {
      entityId: 'Issuer URL',
      ssoUrl: 'SAML 2.0 Endpoint (HTTP)',
      certificate: 'X.509 Certificate',
    },
  },
  mapping: { email: ['email'], firstName: ['firstName'], lastName: ['lastName'], groups: ['groups'] },
  settings: { nameIdFormat: 'emailAddress' },
  places: {
    audience: [...configuration, 'Audience (EntityID)'],
    'acs-url': [...configuration, 'ACS (Consumer) URL Validator*'],
    recipient: [...configuration, 'Recipient'],
    destination: [...configuration, 'ACS (Consumer) URL*'],
    'relay-state': [...configuration, 'RelayState'],
    'name-id': [...configuration, 'SAML nameID format'],
    signature: [...configuration, 'SAML signature element'],
    'signature-algorithm': [...sso, 'SAML Signature Algorithm'],
    encryption: [...configuration, 'Encrypt assertion'],
    'email-attribute': [...parameters, 'email'],
    attributes: parameters,
    groups: [...parameters, 'groups'],
    certificate: [...sso, 'X.509 Certificate', 'Change'],
    assignment: [...apps, 'Access', 'Roles'],
    metadata: [...sso, 'Issuer URL'],
  },
  provisioning: {
    support: 'push',
    instructions: [
      go(...apps, 'Add App', 'SCIM Provisioner with SAML (SCIM V2 Enterprise)'),
      go('Configuration'),
      set('SCIM Base URL', ours('scim-url')),
      set('SCIM Bearer Token', ours('scim-token')),
      go('API Status', 'Enable'),
      go('Save'),
      go('Provisioning'),
      set('Enable provisioning', ticked),
      go('Parameters', 'Groups'),
      set('Include in User Provisioning', ticked),
      go('Rules', 'Add Rule'),
      set('Actions', option('Set Groups in')),
      set('For each', option('role')),
      set('with value that matches', text('.*')),
      go('Save'),
    ],
    notes: [
      texts(
        'This is a second app beside the one for signing in.',
        'Dies ist eine zweite App neben der für die Anmeldung.',
        'C’est une deuxième application, à côté de celle qui sert à se connecter.',
      ),
      texts(
        'People may wait under “Users” as “Pending” until you approve them.',
        'Unter „Users“ warten Personen womöglich als „Pending“, bis Sie sie freigeben.',
        'Sous « Users », des personnes attendent peut-être en « Pending » que vous les approuviez.',
      ),
      texts(
        'A group that is taken off the app is not reported as deleted; those who were in no other become inactive.',
        'Wird eine Gruppe von der App genommen, meldet OneLogin keine Löschung; wer in keiner anderen war, wird inaktiv.',
        'Un groupe retiré de l’application n’est pas annoncé comme supprimé ; qui n’était dans aucun autre devient inactif.',
      ),
    ],
  },
  singleLogout: {
    support: 'yes',
    instructions: [go('Configuration'), set('Single Logout URL', ours('slo-url')), go('Save')],
  },
  gotchas: [
    texts(
      'The validator is a pattern: paste it whole, with its backslashes, its ^ and its $. A plain address lets others through as well.',
      'Der Validator ist ein Muster: Fügen Sie es ganz ein, mit Rückschrägstrichen, ^ und $. Eine bloße Adresse lässt auch andere durch.',
      'Le validateur est un motif : collez-le en entier, avec ses barres obliques inverses, son ^ et son $. Une simple adresse en laisse passer d’autres.',
    ),
    texts(
      'One app has one ACS URL: a second environment needs an app of its own.',
      'Eine App hat eine ACS-URL: Eine zweite Umgebung braucht ihre eigene App.',
      'Une application a une seule URL ACS : un deuxième environnement demande sa propre application.',
    ),
    texts(
      'Apps share the certificate of the account unless another was chosen: when it changes, it changes for all of them.',
      'Apps teilen sich das Zertifikat des Kontos, wenn kein anderes gewählt ist: Wechselt es, dann für alle.',
      'Les applications partagent le certificat du compte si aucun autre n’est choisi : s’il change, il change pour toutes.',
    ),
  ],
  errors: [],
  verified: {
    confidence: 'documented',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: ['console.role', 'places.encryption', 'provisioning: names in Rules'],
  },
  recognises: ({ entityId, ssoUrls }) =>
    /^https:\/\/[^/]+\.onelogin\.com\/saml\/metadata\//i.test(entityId) ||
    ssoUrls.some((url) => /^https:\/\/[^/]+\.onelogin\.com\/trust\/saml2\//i.test(url)),
};
