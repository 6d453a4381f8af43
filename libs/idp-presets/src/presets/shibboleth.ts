import { go, option, ours, say, set, text, texts, type ConsoleName } from '../instructions';
import { copyOrUpload, groupsAsWell, ourMetadata, pushesNobody } from '../phrases';
import type { IdpPreset } from '../preset';

const providers = 'conf/metadata-providers.xml';
const filter = 'conf/attribute-filter.xml';
const nameIds = 'conf/saml-nameid.xml';
const relyingParty = ['conf/relying-party.xml', 'shibboleth.RelyingPartyOverrides', 'SAML2.SSO'] as const;
const ourAddress = [providers, 'metadataURL'] as const;
const release = [filter, 'AttributeRule'] as const;
const rule = 'AttributeRule attributeID';
const server: ConsoleName = {
  en: 'Files on the server of the IdP',
  de: 'Dateien auf dem Server des IdP',
  fr: 'Fichiers sur le serveur de l’IdP',
};
const serverAdmin: ConsoleName = {
  en: 'whoever may edit and reload them',
  de: 'wer sie ändern und neu laden darf',
  fr: 'qui peut les modifier et les recharger',
};

/** No console, only files. It knows us by our metadata alone, encrypts by default, and names people anew each time unless told otherwise. */
export const shibboleth: IdpPreset = {
  id: 'shibboleth',
  name: 'Shibboleth IdP',
  alsoKnownAs: ['InCommon', 'eduGAIN', 'UK Access Management Federation', 'DFN-AAI', 'Renater'],
  protocol: 'saml',
  console: { name: server, role: serverAdmin },
  steps: [
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            say(
              'Add a metadata provider for us. “id” and the name of “backingFile” are up to you.',
              'Ergänzen Sie einen Metadaten-Provider für uns. „id“ und den Namen von „backingFile“ wählen Sie.',
              'Ajoutez un fournisseur de métadonnées pour nous. « id » et le nom de « backingFile » sont à votre choix.',
            ),
            go(providers, 'MetadataProvider'),
            set('xsi:type', text('FileBackedHTTPMetadataProvider')),
            set('metadataURL', ours('metadata-url')),
            go('bin/reload-service.sh -id shibboleth.MetadataResolverService'),
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
            say(
              'Save our metadata from another machine and copy the file to the server.',
              'Speichern Sie unsere Metadaten von einem anderen Rechner und kopieren Sie die Datei auf den Server.',
              'Enregistrez nos métadonnées depuis une autre machine et copiez le fichier sur le serveur.',
            ),
            go(providers, 'MetadataProvider'),
            set('xsi:type', text('FilesystemMetadataProvider')),
            set(
              'metadataFile',
              option({
                en: 'the path of that file',
                de: 'der Pfad dieser Datei',
                fr: 'le chemin de ce fichier',
              }),
            ),
            go('bin/reload-service.sh -id shibboleth.MetadataResolverService'),
          ],
        },
      ],
    },
    {
      id: 'attributes',
      screens: [
        {
          instructions: [
            go(filter, 'AttributeFilterPolicy'),
            set('PolicyRequirementRule xsi:type="Requester" value', ours('entity-id')),
            set(rule, text('mail')),
            set(rule, text('givenName')),
            set(rule, text('sn')),
            groupsAsWell,
            set(rule, text('isMemberOf')),
            go('bin/reload-service.sh -id shibboleth.AttributeFilterService'),
            say(
              'People need a name that lasts: a transient one is refused. Take the comment marks off this line, and set what follows:',
              'Personen brauchen einen dauerhaften Namen: Ein flüchtiger wird abgelehnt. Entfernen Sie die Kommentarzeichen um diese Zeile und setzen Sie Folgendes:',
              'Les gens ont besoin d’un nom durable : un nom transitoire est refusé. Retirez les marques de commentaire de cette ligne, puis réglez ce qui suit :',
            ),
            go(nameIds, 'shibboleth.SAML2PersistentGenerator'),
            go('conf/saml-nameid.properties'),
            set(
              'idp.persistentId.sourceAttribute',
              option({
                en: 'an attribute that a person keeps for ever',
                de: 'ein Attribut, das eine Person für immer behält',
                fr: 'un attribut qu’une personne garde pour toujours',
              }),
            ),
            set('idp.persistentId.encoding', text('BASE32')),
            go('credentials/secrets.properties'),
            set(
              'idp.persistentId.salt',
              option({ en: 'a long secret', de: 'ein langes Geheimnis', fr: 'un long secret' }),
            ),
            go('bin/reload-service.sh -id shibboleth.NameIdentifierGenerationService'),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [
        {
          instructions: [
            say(
              'Open the address of your own IdP, not that of the federation: its document describes thousands.',
              'Öffnen Sie die Adresse Ihres eigenen IdP, nicht die der Föderation: Deren Dokument beschreibt Tausende.',
              'Ouvrez l’adresse de votre propre IdP, pas celle de la fédération : son document en décrit des milliers.',
            ),
            copyOrUpload,
            say(
              'If you upload metadata/idp-metadata.xml: it is written at installation and never again. Check its certificates first.',
              'Falls Sie metadata/idp-metadata.xml hochladen: Die Datei entsteht bei der Installation und danach nie wieder. Prüfen Sie zuerst ihre Zertifikate.',
              'Si vous téléversez metadata/idp-metadata.xml : ce fichier est écrit à l’installation et plus jamais ensuite. Vérifiez d’abord ses certificats.',
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
              'Nothing to do: whoever can sign in to your IdP and has an address may come. If your IdP restricts services by group, let your own group through as well.',
              'Hier ist nichts zu tun: Wer sich an Ihrem IdP anmelden kann und eine Adresse hat, darf kommen. Beschränkt Ihr IdP Dienste nach Gruppen, lassen Sie auch Ihre eigene durch.',
              'Rien à faire : qui peut se connecter à votre IdP et a une adresse peut venir. Si votre IdP limite les services par groupe, laissez aussi passer le vôtre.',
            ),
          ],
        },
      ],
    },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    urlLike: 'https://{host}/idp/shibboleth',
    manual: {
      entityId: 'idp.entityID',
      ssoUrl: '/idp/profile/SAML2/Redirect/SSO',
      certificate: 'credentials/idp-signing.crt',
    },
  },
  mapping: {
    email: ['urn:oid:0.9.2342.19200300.100.1.3'],
    firstName: ['urn:oid:2.5.4.42'],
    lastName: ['urn:oid:2.5.4.4'],
    displayName: ['urn:oid:2.16.840.1.113730.3.1.241'],
    groups: ['urn:oid:1.3.6.1.4.1.5923.1.5.1.1'],
  },
  settings: { nameIdFormat: 'persistent' },
  places: {
    audience: ourAddress,
    'acs-url': ourAddress,
    recipient: ourAddress,
    destination: ourAddress,
    'name-id': [nameIds, 'shibboleth.SAML2PersistentGenerator'],
    'email-attribute': [...release, 'mail'],
    attributes: release,
    groups: [...release, 'isMemberOf'],
    signature: [...relyingParty, 'p:signAssertions'],
    'signature-algorithm': ['conf/idp.properties', 'idp.signing.config'],
    certificate: ['conf/idp.properties', 'idp.signing.cert'],
    encryption: [...relyingParty, 'p:encryptAssertions'],
    assignment: ['conf/intercept/context-check-intercept-config.xml'],
    metadata: ['metadata/idp-metadata.xml'],
  },
  provisioning: { support: 'none', instructions: [], notes: [pushesNobody] },
  singleLogout: { support: 'no', instructions: [] },
  gotchas: [
    texts(
      'Another salt or source attribute makes everybody a stranger here: keep both when you move the server.',
      'Mit einem anderen „salt“ oder Quellattribut sind hier alle Fremde: Behalten Sie beide bei, wenn der Server umzieht.',
      'Avec un autre « salt » ou attribut source, tous deviennent ici des inconnus : gardez les deux si le serveur déménage.',
    ),
    texts(
      'It encrypts for us with the certificate of our metadata. A copy of it that nobody renews stops working when our key changes.',
      'Verschlüsselt wird mit dem Zertifikat aus unseren Metadaten. Eine Kopie, die niemand erneuert, taugt nichts mehr, sobald unser Schlüssel wechselt.',
      'Le chiffrement se fait avec le certificat de nos métadonnées. Une copie que personne ne renouvelle ne sert plus dès que notre clé change.',
    ),
  ],
  errors: [
    {
      says: ['Unsupported Request', 'UnconfiguredRelyingParty'],
      means: texts(
        'The IdP has not loaded our metadata, or under another entity ID.',
        'Der IdP hat unsere Metadaten nicht geladen, oder unter einer anderen Entitäts-ID.',
        'L’IdP n’a pas chargé nos métadonnées, ou sous un autre ID d’entité.',
      ),
      mender: 'it-admin',
      place: 'audience',
    },
    {
      says: ['InvalidNameIDPolicy'],
      means: texts(
        'The generator of persistent names is off, or its source attribute is empty for this person.',
        'Der Generator dauerhafter Namen ist aus, oder sein Quellattribut ist bei dieser Person leer.',
        'Le générateur de noms persistants est désactivé, ou son attribut source est vide pour cette personne.',
      ),
      mender: 'it-admin',
      place: 'name-id',
    },
  ],
  verified: {
    confidence: 'documented',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: ['attribute isMemberOf', 'singleLogout', 'errors'],
  },
  recognises: ({ ssoUrls }) =>
    ssoUrls.some((url) => /\/idp\/profile\/SAML2\/(Redirect|POST|POST-SimpleSign)\/SSO$/i.test(url)),
};
