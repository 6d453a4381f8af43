import { go, option, ours, say, set, text, texts } from '../instructions';
import { copyOrUpload, ourMetadata, pushesNobody } from '../phrases';
import type { IdpPreset } from '../preset';

const spRemote = 'metadata/saml20-sp-remote.php';
const idpHosted = 'metadata/saml20-idp-hosted.php';
const nameId = [spRemote, 'authproc', 'saml:AttributeNameID'] as const;
const acsUrl = [spRemote, 'AssertionConsumerService'] as const;
const formatOfAddresses = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';

/** Files and a page that turns our metadata into PHP. Out of the box it names people anew each time, which is refused here. */
export const simpleSamlPhp: IdpPreset = {
  id: 'simplesamlphp',
  name: 'SimpleSAMLphp',
  alsoKnownAs: ['simpleSAML', 'SSP'],
  protocol: 'saml',
  console: {
    name: {
      en: 'SimpleSAMLphp administration page, and files on its server',
      de: 'Verwaltungsseite von SimpleSAMLphp und Dateien auf dessen Server',
      fr: 'Page d’administration de SimpleSAMLphp et fichiers sur son serveur',
    },
    role: {
      en: 'whoever knows its admin password and may edit its files',
      de: 'wer das Administratorkennwort kennt und die Dateien ändern darf',
      fr: 'qui connaît le mot de passe d’administration et peut modifier les fichiers',
    },
  },
  steps: [
    {
      id: 'enter-values',
      screens: [
        {
          name: texts(
            'You convert our metadata',
            'Sie wandeln unsere Metadaten um',
            'Vous convertissez nos métadonnées',
          ),
          instructions: [
            set(ourMetadata, ours('metadata-url')),
            say(
              'Open that address in a browser and copy all that it shows.',
              'Öffnen Sie diese Adresse im Browser und kopieren Sie alles Gezeigte.',
              'Ouvrez cette adresse dans un navigateur et copiez tout ce qui s’affiche.',
            ),
            go('Federation', 'XML to SimpleSAMLphp metadata converter'),
            say(
              'Paste it, let it be parsed, and add the PHP that comes out to this file:',
              'Fügen Sie es ein, lassen Sie es umwandeln und ergänzen Sie das entstandene PHP in dieser Datei:',
              'Collez-le, lancez la conversion, et ajoutez le PHP obtenu à ce fichier :',
            ),
            go(spRemote),
          ],
        },
        {
          name: texts('You write the entry', 'Sie schreiben den Eintrag selbst', 'Vous écrivez l’entrée'),
          instructions: [
            go(spRemote),
            set('$metadata[…]', ours('entity-id')),
            set("'AssertionConsumerService'", ours('acs-url')),
            set("'SingleLogoutService'", ours('slo-url')),
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
              'Give our entry a filter in “authproc” that makes the address the name of the person:',
              'Geben Sie unserem Eintrag in „authproc“ einen Filter, der die Adresse zum Namen der Person macht:',
              'Donnez à notre entrée, dans « authproc », un filtre qui fait de l’adresse le nom de la personne :',
            ),
            set("'class'", text('saml:AttributeNameID')),
            set("'identifyingAttribute'", text('mail')),
            set("'Format'", text(formatOfAddresses)),
            say(
              'Before version 2 the middle one is called “attribute”.',
              'Vor Version 2 heißt das mittlere „attribute“.',
              'Avant la version 2, celui du milieu s’appelle « attribute ».',
            ),
            set("'NameIDFormat'", text(formatOfAddresses)),
            say(
              'Attributes are sent as your authentication source names them: mail, givenName and sn are read here, by their OIDs too, and memberOf for roles. A filter “core:AttributeLimit” must let them pass.',
              'Attribute gehen so hinaus, wie Ihre Authentifizierungsquelle sie nennt: mail, givenName und sn werden hier gelesen, auch mit ihren OIDs, und memberOf für Rollen. Ein Filter „core:AttributeLimit“ muss sie durchlassen.',
              'Les attributs partent sous le nom que leur donne votre source d’authentification : mail, givenName et sn sont lus ici, y compris par OID, et memberOf pour les rôles. Un filtre « core:AttributeLimit » doit les laisser passer.',
            ),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [
        {
          name: texts('Version 2 or later', 'Version 2 oder neuer', 'Version 2 ou ultérieure'),
          instructions: [
            go('Federation', 'Hosted entities', 'SAML Metadata', 'Copy to clipboard'),
            copyOrUpload,
          ],
        },
        {
          name: texts('Still version 1', 'Noch Version 1', 'Encore la version 1'),
          instructions: [go('Federation', 'SAML 2.0 IdP Metadata', 'Show metadata'), copyOrUpload],
        },
      ],
    },
    {
      id: 'assign',
      screens: [
        {
          instructions: [
            say(
              'Nothing to do: whoever can sign in there may come. If a filter “authorize:Authorize” decides that for our entry, let yourself through as well.',
              'Hier ist nichts zu tun: Wer sich dort anmelden kann, darf kommen. Entscheidet ein Filter „authorize:Authorize“ darüber, lassen Sie auch sich selbst durch.',
              'Rien à faire : qui peut s’y connecter peut venir. Si un filtre « authorize:Authorize » en décide pour notre entrée, laissez-vous passer aussi.',
            ),
          ],
        },
      ],
    },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    urlLike: 'https://{host}/simplesaml/module.php/saml/idp/metadata',
    manual: { entityId: 'entityid', ssoUrl: 'SingleSignOnService', certificate: 'certificate' },
  },
  mapping: {
    email: ['mail', 'email', 'urn:oid:0.9.2342.19200300.100.1.3'],
    firstName: ['givenName', 'urn:oid:2.5.4.42'],
    lastName: ['sn', 'urn:oid:2.5.4.4'],
    displayName: ['displayName', 'cn', 'urn:oid:2.16.840.1.113730.3.1.241'],
    groups: ['memberOf', 'isMemberOf', 'groups', 'urn:oid:1.3.6.1.4.1.5923.1.5.1.1'],
  },
  settings: { nameIdFormat: 'emailAddress' },
  places: {
    audience: [spRemote, '$metadata[…]'],
    'acs-url': acsUrl,
    recipient: acsUrl,
    destination: acsUrl,
    'name-id': [...nameId, 'Format'],
    'email-attribute': [spRemote, 'attributes', 'mail'],
    attributes: [spRemote, 'attributes'],
    groups: [spRemote, 'attributes', 'memberOf'],
    signature: [spRemote, 'saml20.sign.assertion'],
    'signature-algorithm': [spRemote, 'signature.algorithm'],
    certificate: [idpHosted, 'certificate'],
    encryption: [spRemote, 'assertion.encryption'],
    'request-signature': [spRemote, 'validate.authnrequest'],
    'relay-state': [spRemote, 'RelayState'],
    assignment: [spRemote, 'authproc', 'authorize:Authorize'],
    metadata: ['Federation', 'Hosted entities', 'SAML Metadata'],
  },
  provisioning: { support: 'none', instructions: [], notes: [pushesNobody] },
  singleLogout: {
    support: 'yes',
    instructions: [
      go(spRemote),
      set("'SingleLogoutService'", ours('slo-url')),
      set("'sign.logout'", option('true')),
      say(
        'Unsigned logout messages are refused here, and by default none is signed.',
        'Unsignierte Abmeldenachrichten werden hier abgelehnt, und ohne diese Zeile ist keine signiert.',
        'Les messages de déconnexion non signés sont refusés ici, et aucun n’est signé par défaut.',
      ),
    ],
  },
  gotchas: [
    texts(
      'Where an attribute for the name is missing, it falls back to a transient name without a word, and people are refused here.',
      'Fehlt das Attribut für den Namen, weicht es stillschweigend auf einen flüchtigen aus, und Personen werden hier abgelehnt.',
      'Si l’attribut du nom manque, il se rabat sans rien dire sur un nom transitoire, et les gens sont refusés ici.',
    ),
    texts(
      'The converted entry is a copy: it does not follow when our certificate changes. Convert it again then, or use the module “metarefresh”.',
      'Der umgewandelte Eintrag ist eine Kopie und folgt nicht, wenn unser Zertifikat wechselt. Wandeln Sie dann neu um, oder nutzen Sie das Modul „metarefresh“.',
      'L’entrée convertie est une copie et ne suit pas quand notre certificat change. Refaites alors la conversion, ou utilisez le module « metarefresh ».',
    ),
  ],
  errors: [
    {
      says: ['METADATANOTFOUND', 'Unable to locate metadata', 'Metadata not found'],
      means: texts(
        'No entry has our entity ID as its key.',
        'Kein Eintrag hat unsere Entitäts-ID als Schlüssel.',
        'Aucune entrée n’a notre ID d’entité pour clé.',
      ),
      mender: 'it-admin',
      place: 'audience',
    },
  ],
  verified: {
    confidence: 'documented',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: ['names of the administration page', 'errors', 'metadata.urlLike'],
  },
  recognises: ({ ssoUrls }) =>
    ssoUrls.some((url) =>
      /\/(saml2\/idp\/SSOService\.php|module\.php\/saml\/idp\/singleSignOnService)$/i.test(url),
    ),
};
