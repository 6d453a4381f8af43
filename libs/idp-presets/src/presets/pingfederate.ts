import { go, option, ours, say, set, text, texts, ticked } from '../instructions';
import { groupsAsWell, ourMetadata, uploadTheFile } from '../phrases';
import type { IdpPreset } from '../preset';

const connection = ['Applications', 'SP Connections', 'Browser SSO', 'Configure Browser SSO'] as const;
const assertion = [...connection, 'Assertion Creation'] as const;
const contract = [...assertion, 'Attribute Contract'] as const;
const protocol = [...connection, 'Protocol Settings'] as const;
const signing = ['Applications', 'SP Connections', 'Credentials', 'Digital Signature Settings'] as const;
const acsUrl = [...protocol, 'Assertion Consumer Service URL', 'Endpoint URL'] as const;

/** An SP connection of a server that the customer runs, often out of our reach: metadata goes both ways as files. */
export const pingFederate: IdpPreset = {
  id: 'pingfederate',
  name: 'PingFederate',
  alsoKnownAs: ['Ping Identity', 'Ping Federate'],
  protocol: 'saml',
  console: { name: 'PingFederate administrative console', role: 'Admin' },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          instructions: [
            go('Applications', 'SP Connections', 'Create Connection'),
            set('Connection Type', option('Browser SSO Profiles')),
            set('Protocol', option('SAML 2.0')),
            set('Connection Options', option('Browser SSO')),
          ],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            go('Import Metadata', 'File'),
            set(ourMetadata, ours('metadata-url')),
            say(
              'Open that address in a browser, save what it shows as a file, and choose the file. The next pages are then filled in; compare them with these.',
              'Öffnen Sie diese Adresse im Browser, speichern Sie das Gezeigte als Datei und wählen Sie diese aus. Die nächsten Seiten sind dann ausgefüllt; vergleichen Sie sie hiermit.',
              'Ouvrez cette adresse dans un navigateur, enregistrez ce qui s’affiche dans un fichier et choisissez-le. Les pages suivantes sont alors remplies ; comparez-les avec ceci.',
            ),
            go('General Info'),
            set("Partner's Entity ID (Connection ID)", ours('entity-id')),
            go('Browser SSO', 'Configure Browser SSO', 'SAML Profiles'),
            set('SP-Initiated SSO', ticked),
          ],
        },
      ],
    },
    {
      id: 'attributes',
      screens: [
        {
          instructions: [
            go('Assertion Creation', 'Identity Mapping'),
            set('Identity Mapping', option('Standard')),
            go('Attribute Contract', 'Extend the Contract'),
            set('SAML_SUBJECT', option('urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress')),
            set('Extend the Contract', text('email')),
            set('Extend the Contract', text('firstName')),
            set('Extend the Contract', text('lastName')),
            groupsAsWell,
            set('Extend the Contract', text('groups')),
            go('Authentication Source Mapping', 'Attribute Contract Fulfillment'),
            say(
              'Fill each from your directory: SAML_SUBJECT and email with mail, firstName with givenName, lastName with sn, groups with memberOf. With a policy contract, add them to that contract first.',
              'Füllen Sie jedes aus Ihrem Verzeichnis: SAML_SUBJECT und email mit mail, firstName mit givenName, lastName mit sn, groups mit memberOf. Bei einem „Policy Contract“ ergänzen Sie sie zuerst dort.',
              'Remplissez chacun depuis votre annuaire : SAML_SUBJECT et email avec mail, firstName avec givenName, lastName avec sn, groups avec memberOf. Avec un « Policy Contract », ajoutez-les d’abord à celui-ci.',
            ),
            // Its pages come in this order: addresses and keys only after the attributes.
            go('Protocol Settings', 'Configure Protocol Settings'),
            set('Binding', option('POST')),
            set('Endpoint URL', ours('acs-url')),
            set('Allowable SAML Bindings', option('POST, Redirect')),
            set('Always Sign Assertion', ticked),
            go('Credentials', 'Configure Credentials', 'Digital Signature Settings'),
            say(
              'Choose your signing certificate.',
              'Wählen Sie Ihr Signaturzertifikat.',
              'Choisissez votre certificat de signature.',
            ),
            set('Include the certificate in the signature <KeyInfo> element', ticked),
            set('Signing Algorithm', option('RSA SHA256')),
            go('Activation & Summary'),
            set('Connection Status', option('Active')),
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
            go('Applications', 'SP Connections', 'Select Action', 'Export Metadata'),
            uploadTheFile,
          ],
        },
        {
          name: texts(
            'This connection offers no “Export Metadata”',
            'Diese Verbindung bietet kein „Export Metadata“ an',
            'Cette connexion ne propose pas « Export Metadata »',
          ),
          instructions: [
            go('System', 'Protocol Metadata', 'Metadata Export'),
            say(
              'Export it for the role of identity provider, with the certificate of this connection, and upload it here.',
              'Exportieren Sie sie für die Rolle des Identity Providers, mit dem Zertifikat dieser Verbindung, und laden Sie sie hier hoch.',
              'Exportez-les pour le rôle de fournisseur d’identité, avec le certificat de cette connexion, et téléversez-les ici.',
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
            say(
              'Unless you set conditions, everyone who can sign in to PingFederate gets here. To admit some only, set which attributes they need:',
              'Ohne Bedingungen kommt jeder hierher, der sich an PingFederate anmelden kann. Um nur manche zuzulassen, legen Sie fest, welche Attribute nötig sind:',
              'Sans condition, quiconque peut se connecter à PingFederate arrive ici. Pour n’en admettre que certains, fixez les attributs requis :',
            ),
            go(...assertion, 'Authentication Source Mapping', 'Issuance Criteria'),
          ],
        },
      ],
    },
  ],
  metadata: {
    ways: ['file', 'url', 'manual'],
    urlLike: 'https://{host}:9031/pf/federation_metadata.ping?PartnerSpId={entity}',
    manual: {
      entityId: 'SAML 2.0 Entity ID',
      ssoUrl: 'SAML 2.0 SSO endpoint (/idp/SSO.saml2)',
      certificate: 'Signing Certificate',
    },
  },
  mapping: { email: ['email', 'mail'], firstName: ['firstName'], lastName: ['lastName'], groups: ['groups'] },
  settings: { nameIdFormat: 'unspecified' },
  places: {
    audience: ['Applications', 'SP Connections', 'General Info', "Partner's Entity ID (Connection ID)"],
    'acs-url': acsUrl,
    recipient: acsUrl,
    destination: acsUrl,
    'name-id': [...contract, 'SAML_SUBJECT'],
    'email-attribute': [...contract, 'email'],
    attributes: [...assertion, 'Authentication Source Mapping', 'Attribute Contract Fulfillment'],
    groups: [...contract, 'groups'],
    signature: [...protocol, 'Signature Policy', 'Always Sign Assertion'],
    'signature-algorithm': [...signing, 'Signing Algorithm'],
    certificate: [...signing, 'Signing Certificate'],
    encryption: [...protocol, 'Encryption Policy'],
    'request-signature': [...protocol, 'Signature Policy'],
    assignment: [...assertion, 'Authentication Source Mapping', 'Issuance Criteria'],
    metadata: ['Applications', 'SP Connections', 'Select Action', 'Export Metadata'],
  },
  provisioning: {
    support: 'push',
    instructions: [
      go('Applications', 'SP Connections', 'Create Connection'),
      set('Connection Template', option('SCIM Connector')),
      set('Connection Type', option('Outbound Provisioning')),
      go('Outbound Provisioning', 'Configure Provisioning', 'Target'),
      set('SCIM URL', ours('scim-url')),
      set('SCIM Version', option('2.0')),
      set('Authentication Method', option('OAuth 2 Bearer Token')),
      set('Access Token', ours('scim-token')),
      go('Manage Channels', 'Create'),
      set('Channel Status', option('Active')),
      go('Activation & Summary'),
      set('Connection Status', option('Active')),
    ],
    notes: [
      texts(
        'The template is there once the SCIM Connector is installed on the server.',
        'Die Vorlage gibt es erst, wenn der „SCIM Connector“ auf dem Server installiert ist.',
        'Le modèle n’apparaît qu’une fois « SCIM Connector » installé sur le serveur.',
      ),
      texts(
        'A channel needs its source, the base DN and a filter that leaves out whoever shall not come.',
        'Ein Kanal braucht seine Quelle, die Basis-DN und einen Filter, der auslässt, wer nicht kommen soll.',
        'Un canal demande sa source, le DN de base et un filtre qui écarte ceux qui ne doivent pas venir.',
      ),
    ],
  },
  singleLogout: {
    support: 'yes',
    instructions: [
      go(...connection, 'SAML Profiles'),
      set('SP-Initiated SLO', ticked),
      set('IdP-Initiated SLO', ticked),
      go(...protocol, 'SLO Service URLs'),
      set('Endpoint URL', ours('slo-url')),
    ],
  },
  gotchas: [
    texts(
      'We rarely reach its metadata, and a new certificate then does not arrive by itself: upload the file again before you switch.',
      'Seine Metadaten sind für uns selten erreichbar, ein neues Zertifikat kommt dann nicht von selbst an: Laden Sie die Datei vor dem Wechsel erneut hoch.',
      'Ses métadonnées nous sont rarement accessibles, et un nouveau certificat n’arrive alors pas seul : téléversez à nouveau le fichier avant de changer.',
    ),
    texts(
      'An attribute arrives only if it is in the policy contract and in the contract of this connection.',
      'Ein Attribut kommt nur an, wenn es im „Policy Contract“ und im Vertrag dieser Verbindung steht.',
      'Un attribut n’arrive que s’il est dans le « Policy Contract » et dans le contrat de cette connexion.',
    ),
    texts(
      'A new connection stays inactive until its status is set to Active.',
      'Eine neue Verbindung bleibt inaktiv, bis ihr Status auf „Active“ steht.',
      'Une nouvelle connexion reste inactive tant que son état n’est pas « Active ».',
    ),
  ],
  errors: [],
  verified: {
    confidence: 'documented',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: ['console.role', 'metadata.urlLike', 'metadata.manual.ssoUrl', 'provisioning: names in Target'],
  },
  recognises: ({ ssoUrls }) => ssoUrls.some((url) => /^https:\/\/[^/]+\/idp\/SSO\.saml2$/i.test(url)),
};
