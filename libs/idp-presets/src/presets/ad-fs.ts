import { go, option, ours, say, set, texts, ticked } from '../instructions';
import {
  copyOrUpload,
  groupsAsWell,
  nameTheApp,
  ourMetadata,
  pushesNobody,
  saveOurMetadata,
} from '../phrases';
import type { IdpPreset } from '../preset';

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
const trusts = ['AD FS', 'Relying Party Trusts'] as const;
const rules = [...trusts, 'Edit Claim Issuance Policy…'] as const;
const properties = [...trusts, 'Properties'] as const;
const acsUrl = [...properties, 'Endpoints', 'SAML Assertion Consumer Endpoints'] as const;

const lastPages = [
  set('Choose an access control policy', option('Permit everyone')),
  go('Next'),
  set('Configure claims issuance policy for this application', ticked),
  go('Close'),
];

/** A server in the customer's own network. It reads our metadata, where it may reach us, and renews its certificates by itself. */
export const adFs: IdpPreset = {
  id: 'ad-fs',
  name: 'Microsoft AD FS',
  alsoKnownAs: ['ADFS', 'Active Directory Federation Services'],
  protocol: 'saml',
  console: { name: 'AD FS Management', role: 'Administrator' },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          instructions: [
            go('Server Manager', 'Tools', 'AD FS Management'),
            go(...trusts, 'Add Relying Party Trust…'),
            set('Welcome', option('Claims aware')),
            go('Start'),
          ],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          name: texts(
            'The server may open addresses on the Internet',
            'Der Server darf Adressen im Internet öffnen',
            'Le serveur peut ouvrir des adresses sur Internet',
          ),
          instructions: [
            set(
              'Select Data Source',
              option('Import data about the relying party published online or on a local network'),
            ),
            set('Federation metadata address (host name or URL)', ours('metadata-url')),
            go('Next'),
            nameTheApp,
            ...lastPages,
          ],
        },
        {
          name: texts(
            'The server has no way out to the Internet',
            'Der Server kommt nicht ins Internet',
            'Le serveur n’a pas accès à Internet',
          ),
          instructions: [
            set(ourMetadata, ours('metadata-url')),
            set('Select Data Source', option('Import data about the relying party from a file')),
            saveOurMetadata,
            go('Next'),
            nameTheApp,
            ...lastPages,
          ],
        },
        {
          name: texts('You type the values', 'Sie tippen die Werte ein', 'Vous saisissez les valeurs'),
          instructions: [
            set('Select Data Source', option('Enter data about the relying party manually')),
            go('Next'),
            nameTheApp,
            set('Enable support for the SAML 2.0 WebSSO protocol', ticked),
            set('Relying party SAML 2.0 SSO service URL', ours('acs-url')),
            set('Relying party trust identifier', ours('entity-id')),
            go('Add'),
            ...lastPages,
          ],
        },
      ],
    },
    {
      id: 'attributes',
      screens: [
        {
          instructions: [
            go(...rules, 'Add Rule…'),
            set('Claim rule template', option('Send LDAP Attributes as Claims')),
            set('Attribute store', option('Active Directory')),
            set('E-Mail-Addresses', option('E-Mail Address')),
            set('Given-Name', option('Given Name')),
            set('Surname', option('Surname')),
            groupsAsWell,
            set('Token-Groups - Unqualified Names', option('Group')),
            go('Finish'),
            say(
              'A second rule makes the address the name of the person. Without it nobody gets in:',
              'Eine zweite Regel macht die Adresse zum Namen der Person. Ohne sie kommt niemand herein:',
              'Une seconde règle fait de l’adresse le nom de la personne. Sans elle, personne n’entre :',
            ),
            go('Add Rule…'),
            set('Claim rule template', option('Transform an Incoming Claim')),
            set('Incoming claim type', option('E-Mail Address')),
            set('Outgoing claim type', option('Name ID')),
            set('Outgoing name ID format', option('Email')),
            go('Finish'),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [
        {
          instructions: [
            go('AD FS', 'Service', 'Endpoints', 'Metadata'),
            say(
              'There is the path of the “Federation Metadata”; the name of your federation service goes before it.',
              'Dort steht der Pfad der „Federation Metadata“; davor gehört der Name Ihres Verbunddienstes.',
              'Le chemin de « Federation Metadata » s’y trouve ; le nom de votre service de fédération se place devant.',
            ),
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
            go(...trusts, 'Edit Access Control Policy…'),
            say(
              'Leave “Permit everyone”, or choose “Permit specific group” and a group that you belong to yourself.',
              'Lassen Sie „Permit everyone“ stehen, oder wählen Sie „Permit specific group“ und eine Gruppe, der Sie selbst angehören.',
              'Laissez « Permit everyone », ou choisissez « Permit specific group » et un groupe dont vous faites partie.',
            ),
          ],
        },
      ],
    },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    urlLike: 'https://{host}/FederationMetadata/2007-06/FederationMetadata.xml',
    manual: {
      entityId: 'Federation Service identifier',
      ssoUrl: 'SAML 2.0/WS-Federation (/adfs/ls/)',
      certificate: 'Token-signing',
    },
  },
  mapping: {
    email: [`${claims}/emailaddress`, `${claims}/upn`],
    firstName: [`${claims}/givenname`],
    lastName: [`${claims}/surname`],
    groups: ['http://schemas.xmlsoap.org/claims/Group'],
  },
  // It refuses a format that no rule of it makes; so we ask for none.
  settings: { nameIdFormat: 'unspecified' },
  places: {
    audience: [...properties, 'Identifiers', 'Relying party identifiers'],
    'acs-url': acsUrl,
    recipient: acsUrl,
    destination: acsUrl,
    'name-id': [...rules, 'Transform an Incoming Claim', 'Outgoing name ID format'],
    'email-attribute': [...rules, 'Send LDAP Attributes as Claims', 'E-Mail Address'],
    attributes: [...rules, 'Send LDAP Attributes as Claims'],
    groups: [...rules, 'Send LDAP Attributes as Claims', 'Group'],
    signature: ['PowerShell', 'Set-AdfsRelyingPartyTrust', '-SamlResponseSignature'],
    'signature-algorithm': [...properties, 'Advanced', 'Secure hash algorithm'],
    certificate: ['AD FS', 'Service', 'Certificates', 'Token-signing'],
    encryption: [...properties, 'Encryption'],
    'request-signature': [...properties, 'Signature'],
    assignment: [...trusts, 'Edit Access Control Policy…'],
    metadata: ['AD FS', 'Service', 'Endpoints', 'Metadata'],
  },
  provisioning: { support: 'none', instructions: [], notes: [pushesNobody] },
  singleLogout: {
    support: 'yes',
    instructions: [
      say(
        'With our metadata this is there already. If you typed the values:',
        'Mit unseren Metadaten ist das schon eingerichtet. Haben Sie die Werte eingetippt:',
        'Avec nos métadonnées, c’est déjà en place. Si vous avez saisi les valeurs :',
      ),
      go(...properties, 'Endpoints', 'Add SAML…'),
      set('Endpoint type', option('SAML Logout')),
      set('Binding', option('Redirect')),
      set('Trusted URL', ours('slo-url')),
      go(...properties, 'Signature', 'Add…'),
      set('Signature', ours('sp-certificate')),
    ],
  },
  gotchas: [
    texts(
      'AD FS signs with its new certificate about 15 days before the old one expires. If we cannot read its metadata, upload the file as soon as the new one is listed.',
      'AD FS signiert schon etwa 15 Tage vor Ablauf mit dem neuen Zertifikat. Können wir seine Metadaten nicht lesen, laden Sie die Datei hoch, sobald das neue aufgeführt ist.',
      'AD FS signe avec son nouveau certificat environ 15 jours avant l’expiration de l’ancien. Si nous ne pouvons pas lire ses métadonnées, téléversez le fichier dès que le nouveau y figure.',
    ),
    texts(
      'Whoever has no e-mail address in Active Directory gets no name, and is refused.',
      'Wer im Active Directory keine E-Mail-Adresse hat, bekommt keinen Namen und wird abgewiesen.',
      'Qui n’a pas d’adresse e-mail dans Active Directory ne reçoit pas de nom et est refusé.',
    ),
  ],
  errors: [
    {
      says: ['InvalidNameIDPolicy'],
      means: texts(
        'No rule makes a Name ID in the format that we ask for.',
        'Keine Regel erzeugt eine „Name ID“ in dem Format, das wir verlangen.',
        'Aucune règle ne produit de « Name ID » dans le format que nous demandons.',
      ),
      mender: 'it-admin',
      place: 'name-id',
    },
    {
      says: ['Activity ID', 'MSIS'],
      means: texts(
        'What failed stands in the log “AD FS/Admin” of the server, under the Activity ID of this page.',
        'Was schiefging, steht im Protokoll „AD FS/Admin“ des Servers unter der „Activity ID“ dieser Seite.',
        'La cause figure dans le journal « AD FS/Admin » du serveur, sous l’« Activity ID » de cette page.',
      ),
      mender: 'it-admin',
    },
  ],
  verified: {
    confidence: 'documented',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: ['metadata.manual.entityId', 'German and French names of the console'],
  },
  recognises: ({ entityId, ssoUrls }) =>
    /^https?:\/\/[^/]+\/adfs\/services\/trust$/i.test(entityId) ||
    ssoUrls.some((url) => /^https:\/\/[^/]+\/adfs\/ls\/?$/i.test(url)),
};
