import { empty, go, option, ours, say, set, text, texts } from '../instructions';
import { assignYourself, copyTheAddress, nameTheApp } from '../phrases';
import type { IdpPreset } from '../preset';
import { entraIdErrors } from './entra-id-errors';

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
const apps = { en: 'Enterprise apps', de: 'Unternehmensanwendungen', fr: 'Applications d’entreprise' };
const singleSignOn = { en: 'Single sign-on', de: 'Einmaliges Anmelden', fr: 'Authentification unique' };
const basic = {
  en: 'Basic SAML Configuration',
  de: 'Grundlegende SAML-Konfiguration',
  fr: 'Configuration SAML de base',
};
const certificates = { en: 'SAML Certificates', de: 'SAML-Zertifikate', fr: 'Certificats SAML' };
const attributes = {
  en: 'Attributes & Claims',
  de: 'Attribute & Ansprüche',
  fr: 'Attributs et revendications',
};
const edit = { en: 'Edit', de: 'Bearbeiten', fr: 'Modifier' };
const identifier = {
  en: 'Identifier (Entity ID)',
  de: 'Bezeichner (Entitäts-ID)',
  fr: 'Identificateur (ID d’entité)',
};
const replyUrl = {
  en: 'Reply URL (Assertion Consumer Service URL)',
  de: 'Antwort-URL (Assertionsverbraucherdienst-URL)',
  fr: 'URL de réponse (URL Assertion Consumer Service)',
};
const people = { en: 'Users and groups', de: 'Benutzer und Gruppen', fr: 'Utilisateurs et groupes' };

/** A non-gallery app of a tenant. Its error numbers are hints: Microsoft reserves the right to change them. */
export const entraId: IdpPreset = {
  id: 'entra-id',
  name: 'Microsoft Entra ID',
  alsoKnownAs: ['Azure AD', 'Azure Active Directory', 'Office 365'],
  protocol: 'saml',
  console: {
    name: 'Microsoft Entra admin center',
    url: 'https://entra.microsoft.com',
    role: { en: 'Cloud Application Administrator', de: 'Cloudanwendungsadministrator' },
  },
  steps: [
    {
      id: 'create-app',
      screens: [
        {
          instructions: [
            go('Entra ID', apps, 'New application', 'Create your own application'),
            nameTheApp,
            set(
              'What are you looking to do with your application?',
              option("Integrate any other application you don't find in the gallery (Non-gallery)"),
            ),
            go('Create'),
            go('Manage', singleSignOn, 'SAML'),
          ],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            go(basic, edit),
            set(identifier, ours('entity-id')),
            set(replyUrl, ours('acs-url')),
            set({ en: 'Sign on URL', de: 'Anmelde-URL', fr: 'URL de connexion' }, empty),
            set({ en: 'Relay State', de: 'Relayzustand', fr: 'État de relais' }, empty),
            go({ en: 'Save', de: 'Speichern', fr: 'Enregistrer' }),
          ],
        },
      ],
    },
    {
      id: 'attributes',
      screens: [
        {
          instructions: [
            go(attributes, edit),
            say(
              'Address, first and last name are sent already. People without a mailbox have no address there: map user.userprincipalname to the claim emailaddress for them.',
              'Adresse, Vor- und Nachname werden bereits gesendet. Wer kein Postfach hat, hat dort keine Adresse: Ordnen Sie dem Anspruch „emailaddress“ dafür user.userprincipalname zu.',
              'L’adresse, le prénom et le nom sont déjà envoyés. Qui n’a pas de boîte aux lettres n’y a pas d’adresse : associez alors user.userprincipalname à la revendication « emailaddress ».',
            ),
            go({
              en: 'Add a group claim',
              de: 'Gruppenanspruch hinzufügen',
              fr: 'Ajouter une revendication de groupe',
            }),
            set(
              'Which groups associated with the user should be returned in the claim?',
              option('Groups assigned to the application'),
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
            go(certificates, {
              en: 'App Federation Metadata Url',
              de: 'App-Verbundmetadaten-URL',
              fr: 'URL des métadonnées de fédération d’application',
            }),
            copyTheAddress,
          ],
        },
      ],
    },
    {
      id: 'assign',
      screens: [
        {
          instructions: [go(people, 'Add user/group', 'None Selected', 'Select', 'Assign'), assignYourself],
        },
      ],
    },
  ],
  metadata: {
    ways: ['url', 'file', 'manual'],
    urlLike:
      'https://login.microsoftonline.com/{tenant}/federationmetadata/2007-06/federationmetadata.xml?appid={app}',
    manual: {
      entityId: 'Microsoft Entra Identifier',
      ssoUrl: { en: 'Login URL', de: 'Anmelde-URL', fr: 'URL de connexion' },
      certificate: { en: 'Certificate (Base64)', de: 'Zertifikat (Base64)', fr: 'Certificat (en base64)' },
    },
    doubt: ({ hostname, searchParams }) =>
      hostname.startsWith('login.microsoftonline.') && !searchParams.has('appid')
        ? texts(
            'This address has no appid: it describes your whole tenant, with other certificates than the app’s. Copy the one from the page of the app.',
            'Dieser Adresse fehlt „appid“: Sie beschreibt Ihren ganzen Mandanten, mit anderen Zertifikaten als denen der App. Kopieren Sie die von der Seite der App.',
            'Il manque « appid » à cette adresse : elle décrit tout votre locataire, avec d’autres certificats que ceux de l’application. Copiez celle de la page de l’application.',
          )
        : undefined,
  },
  mapping: {
    email: [`${claims}/emailaddress`],
    firstName: [`${claims}/givenname`],
    lastName: [`${claims}/surname`],
    displayName: ['http://schemas.microsoft.com/identity/claims/displayname'],
    groups: ['http://schemas.microsoft.com/ws/2008/06/identity/claims/groups'],
  },
  settings: { nameIdFormat: 'emailAddress', requestBinding: 'redirect' },
  places: {
    audience: [singleSignOn, basic, identifier],
    'acs-url': [singleSignOn, basic, replyUrl],
    recipient: [singleSignOn, basic, replyUrl],
    destination: [singleSignOn, basic, replyUrl],
    'relay-state': [singleSignOn, basic, 'Relay State'],
    'name-id': [singleSignOn, attributes, 'Unique User Identifier (Name ID)'],
    'email-attribute': [singleSignOn, attributes, 'emailaddress'],
    attributes: [singleSignOn, attributes],
    groups: [singleSignOn, attributes, 'Add a group claim'],
    signature: [singleSignOn, certificates, edit, 'Signing Option'],
    'signature-algorithm': [singleSignOn, certificates, edit, 'Signing Algorithm'],
    certificate: [singleSignOn, certificates, edit, 'Make certificate active'],
    'request-signature': [singleSignOn, certificates, 'Verification certificates'],
    encryption: ['Security', 'Token encryption'],
    assignment: [people, 'Add user/group'],
    metadata: [singleSignOn, certificates, 'App Federation Metadata Url'],
  },
  provisioning: {
    support: 'push',
    instructions: [
      go(apps, 'Provisioning', 'New configuration'),
      set('Tenant URL', ours('scim-url')),
      set('Secret Token', ours('scim-token')),
      go('Test Connection'),
      go('Mappings'),
      set('externalId', text('objectId')),
      go('Overview', 'Start provisioning'),
    ],
    notes: [
      texts(
        'Changes arrive about every 40 minutes; “Provision on demand” sends one person at once.',
        'Änderungen kommen etwa alle 40 Minuten an; „Bei Bedarf bereitstellen“ sendet eine Person sofort.',
        'Les modifications arrivent toutes les 40 minutes environ ; « Provisionner à la demande » envoie une personne aussitôt.',
      ),
    ],
  },
  singleLogout: {
    support: 'yes',
    instructions: [go(singleSignOn, basic, edit), set('Logout Url (Optional)', ours('slo-url'))],
  },
  gotchas: [
    texts(
      'Guests have an address in another company’s domain: they come in by invitation only.',
      'Gäste haben eine Adresse in der Domain einer anderen Firma: Sie kommen nur über eine Einladung herein.',
      'Les invités ont une adresse dans le domaine d’une autre entreprise : ils n’entrent que sur invitation.',
    ),
    texts(
      'Of people in more than 150 groups, Entra sends none: let it send the groups of the app only.',
      'Von Personen in mehr als 150 Gruppen sendet Entra keine einzige: Lassen Sie nur die Gruppen der App senden.',
      'Pour qui appartient à plus de 150 groupes, Entra n’en envoie aucun : n’envoyez que les groupes de l’application.',
    ),
  ],
  errors: entraIdErrors,
  verified: {
    confidence: 'documented',
    on: '2026-11-20',
    recheckBy: '2027-05-20',
    doubtful: [
      'metadata.urlLike',
      'mapping.groups',
      'places.signature',
      'German and French names of the console',
    ],
  },
  recognises: ({ entityId, ssoUrls }) =>
    /^https:\/\/sts\.(windows\.net|chinacloudapi\.cn)\//i.test(entityId) ||
    ssoUrls.some((url) =>
      /^https:\/\/login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)\//i.test(url),
    ),
};
