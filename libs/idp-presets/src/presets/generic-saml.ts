import { empty, go, option, ours, say, set, texts } from '../instructions';
import { anyOf, assignYourself, copyTheAddress, groupsAsWell } from '../phrases';
import type { IdpPreset } from '../preset';

// Fields have another name in every console: these are the usual ones, any of which may stand there.
const acsUrl = anyOf('ACS URL', 'Reply URL', 'Single sign-on URL', 'Consumer URL', 'Post-back URL');
const audience = anyOf('SP Entity ID', 'Audience', 'Identifier', 'Relying party identifier', 'Client ID');
const recipient = anyOf('Recipient', 'Destination');
const relayState = anyOf('RelayState', 'Start URL', 'Target');
const nameId = anyOf('NameID format', 'Subject format');
const algorithm = anyOf('Signature algorithm', 'Digest algorithm');
const attributes = anyOf('Attribute statements', 'Attribute mapping', 'Claims');
const people = anyOf('Assignments', 'Users and groups', 'Access');
const theirMetadata = anyOf('Metadata URL', 'IdP metadata', 'Federation metadata');
const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';

/** Whoever has no preset of their own: the words of the standard, and those that consoles have made of them. */
export const genericSaml: IdpPreset = {
  id: 'generic-saml',
  name: 'SAML 2.0',
  alsoKnownAs: [
    'Other SAML',
    'Custom SAML',
    'Generic SAML',
    'miniOrange',
    'Oracle',
    'VMware Workspace ONE',
    'NetIQ',
    'ClassLink',
    'AWS IAM Identity Center',
    'Salesforce',
  ],
  protocol: 'saml',
  console: {
    name: {
      en: 'Your identity provider’s console',
      de: 'Konsole Ihres Identity Providers',
      fr: 'Console de votre fournisseur d’identité',
    },
    role: { en: 'Administrator', de: 'Administrator', fr: 'Administrateur' },
  },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          instructions: [
            say(
              'Create an app of your own for SAML 2.0. It may be called custom, non-gallery, relying party, service provider or client.',
              'Legen Sie eine eigene App für SAML 2.0 an. Sie heißt dort vielleicht „custom“, „non-gallery“, „relying party“, „service provider“ oder „client“.',
              'Créez votre propre application SAML 2.0. Elle s’y appelle peut-être « custom », « non-gallery », « relying party », « service provider » ou « client ».',
            ),
          ],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            set(acsUrl, ours('acs-url')),
            set(audience, ours('entity-id')),
            set(recipient, ours('acs-url')),
            set(relayState, empty),
            set(nameId, option('urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress')),
            set(algorithm, option('SHA-256')),
            say(
              'Have the assertion signed; the response as well does no harm. Leave encryption off unless you want it.',
              'Lassen Sie die Assertion signieren; auch die Antwort zu signieren schadet nicht. Verschlüsselung bleibt aus, wenn Sie sie nicht wünschen.',
              'Faites signer l’assertion ; signer aussi la réponse ne nuit pas. Laissez le chiffrement désactivé si vous n’y tenez pas.',
            ),
          ],
        },
        {
          name: texts(
            'It can import our metadata',
            'Unsere Metadaten lassen sich importieren',
            'Nos métadonnées peuvent y être importées',
          ),
          instructions: [set(anyOf('SP metadata', 'Import from URL'), ours('metadata-url'))],
        },
      ],
    },
    {
      id: 'attributes',
      screens: [
        {
          instructions: [
            say(
              'Send these attributes. Names that you send already will do: the mapping can be changed here.',
              'Senden Sie diese Attribute. Namen, die Sie schon senden, genügen: Die Zuordnung lässt sich hier ändern.',
              'Envoyez ces attributs. Les noms que vous envoyez déjà conviennent : la correspondance se modifie ici.',
            ),
            set('email', option({ en: 'E-mail address', de: 'E-Mail-Adresse', fr: 'Adresse e-mail' })),
            set('firstName', option({ en: 'First name', de: 'Vorname', fr: 'Prénom' })),
            set('lastName', option({ en: 'Last name', de: 'Nachname', fr: 'Nom' })),
            groupsAsWell,
            set('groups', option({ en: 'Groups', de: 'Gruppen', fr: 'Groupes' })),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [
        { instructions: [go(theirMetadata), copyTheAddress] },
        {
          name: texts(
            'There is no address, only a file or single values',
            'Es gibt keine Adresse, nur eine Datei oder einzelne Werte',
            'Il n’y a pas d’adresse, seulement un fichier ou des valeurs',
          ),
          instructions: [
            say(
              'Upload the file, or type issuer, sign-on address and signing certificate.',
              'Laden Sie die Datei hoch, oder tippen Sie Aussteller, Anmeldeadresse und Signaturzertifikat ein.',
              'Téléversez le fichier, ou saisissez l’émetteur, l’adresse de connexion et le certificat de signature.',
            ),
          ],
        },
      ],
    },
    { id: 'assign', screens: [{ instructions: [go(people), assignYourself] }] },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    manual: {
      entityId: anyOf('Issuer', 'IdP Entity ID'),
      ssoUrl: anyOf('SSO URL', 'Login URL'),
      certificate: anyOf('X.509 certificate', 'Signing certificate'),
    },
  },
  mapping: {
    email: ['email', 'mail', 'emailAddress', `${claims}/emailaddress`, 'urn:oid:0.9.2342.19200300.100.1.3'],
    firstName: ['firstName', 'givenName', `${claims}/givenname`, 'urn:oid:2.5.4.42'],
    lastName: ['lastName', 'sn', `${claims}/surname`, 'urn:oid:2.5.4.4'],
    displayName: ['displayName', 'name', 'cn', 'urn:oid:2.16.840.1.113730.3.1.241'],
    groups: ['groups', 'memberOf', 'isMemberOf', 'http://schemas.xmlsoap.org/claims/Group'],
  },
  settings: { nameIdFormat: 'emailAddress' },
  places: {
    audience: [audience],
    'acs-url': [acsUrl],
    recipient: [recipient],
    destination: [recipient],
    'relay-state': [relayState],
    'name-id': [nameId],
    'email-attribute': [attributes, 'email'],
    attributes: [attributes],
    groups: [attributes, 'groups'],
    signature: [anyOf('Sign assertion', 'Signature element')],
    'signature-algorithm': [algorithm],
    certificate: [anyOf('X.509 certificate', 'Signing certificate')],
    encryption: [anyOf('Assertion encryption', 'Token encryption')],
    assignment: [people],
    metadata: [theirMetadata],
  },
  provisioning: {
    support: 'push',
    instructions: [
      set(anyOf('SCIM base URL', 'Tenant URL'), ours('scim-url')),
      set(anyOf('Bearer token', 'Secret token', 'API token'), ours('scim-token')),
    ],
    notes: [
      texts(
        'If it speaks SCIM 2.0: not every identity provider does.',
        'Falls er SCIM 2.0 spricht: Nicht jeder Identity Provider tut das.',
        'S’il parle SCIM 2.0 : tous les fournisseurs d’identité ne le font pas.',
      ),
    ],
  },
  singleLogout: {
    support: 'yes',
    instructions: [set(anyOf('Single Logout URL', 'Logout URL'), ours('slo-url'))],
  },
  gotchas: [
    texts(
      'A lasting name for each person is needed: a transient NameID changes every time and is refused.',
      'Jede Person braucht einen dauerhaften Namen: Eine flüchtige NameID ändert sich jedes Mal und wird abgelehnt.',
      'Chaque personne a besoin d’un nom durable : un NameID transitoire change à chaque fois et est refusé.',
    ),
  ],
  errors: [
    {
      says: ['InvalidNameIDPolicy'],
      means: texts(
        'It cannot name people in the format that we ask for: ask for none in the settings of the connection.',
        'Er kann Personen nicht in dem Format benennen, das wir verlangen: Verlangen Sie in den Einstellungen der Verbindung keines.',
        'Il ne peut pas désigner les gens dans le format que nous demandons : n’en demandez aucun dans les réglages de la connexion.',
      ),
      mender: 'it-admin',
      place: 'name-id',
    },
  ],
  verified: { confidence: 'documented', on: '2026-11-20', recheckBy: '2027-05-20' },
  recognises: () => false,
};
