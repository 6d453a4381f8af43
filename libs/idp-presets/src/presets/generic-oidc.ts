import { go, option, ours, say, set, text, texts } from '../instructions';
import { anyOf, assignYourself, groupsAsWell, nameTheApp } from '../phrases';
import type { IdpPreset } from '../preset';

const redirectUri = anyOf('Redirect URI', 'Sign-in redirect URI', 'Callback URL');
const scopes = anyOf('Scopes', 'Claims');
const people = anyOf('Assignments', 'Users and groups', 'Access');
const discovery = anyOf('Discovery endpoint', 'OpenID configuration', 'Well-known URL');

/** OpenID Connect with the authorization code flow; what it says of itself is its discovery document. */
export const genericOidc: IdpPreset = {
  id: 'generic-oidc',
  name: 'OpenID Connect',
  alsoKnownAs: ['OIDC', 'Other OIDC', 'Custom OIDC', 'Generic OIDC'],
  protocol: 'oidc',
  console: {
    name: {
      en: 'Your OpenID provider’s console',
      de: 'Konsole Ihres OpenID-Anbieters',
      fr: 'Console de votre fournisseur OpenID',
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
              'Create a client for OpenID Connect: a web application that keeps a secret, not a single-page or a native one.',
              'Legen Sie einen Client für OpenID Connect an: eine Webanwendung mit Geheimnis, keine „single-page“ und keine native.',
              'Créez un client OpenID Connect : une application web qui garde un secret, ni « single-page » ni native.',
            ),
            nameTheApp,
          ],
        },
      ],
    },
    {
      id: 'enter-values',
      screens: [
        {
          instructions: [
            set(redirectUri, ours('redirect-uri')),
            set(anyOf('Grant type', 'Flow'), option('Authorization Code')),
            set(anyOf('PKCE', 'Code challenge method'), option('S256')),
            set(anyOf('Client authentication', 'Token endpoint authentication'), option('Client secret')),
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
              'Allow these scopes: they bring the address and the name.',
              'Erlauben Sie diese Scopes: Sie bringen Adresse und Namen.',
              'Autorisez ces portées : elles apportent l’adresse et le nom.',
            ),
            set(scopes, text('openid email profile')),
            groupsAsWell,
            set('groups', option({ en: 'Groups', de: 'Gruppen', fr: 'Groupes' })),
          ],
        },
      ],
    },
    {
      id: 'metadata',
      screens: [
        {
          instructions: [
            go(discovery),
            say(
              'Paste that address here. It ends in /.well-known/openid-configuration.',
              'Fügen Sie diese Adresse hier ein. Sie endet auf /.well-known/openid-configuration.',
              'Collez cette adresse ici. Elle finit par /.well-known/openid-configuration.',
            ),
            go(anyOf('Client ID', 'Application ID')),
            go('Client secret'),
            say(
              'Paste these two as well. The secret is not shown again here, and many consoles show it once only.',
              'Fügen Sie auch diese beiden ein. Das Geheimnis wird hier nicht wieder angezeigt, und viele Konsolen zeigen es nur einmal.',
              'Collez aussi ces deux-là. Le secret ne sera plus affiché ici, et bien des consoles ne le montrent qu’une fois.',
            ),
          ],
        },
      ],
    },
    { id: 'assign', screens: [{ instructions: [go(people), assignYourself] }] },
  ],
  metadata: {
    ways: ['url', 'manual'],
    urlLike: 'https://{host}/.well-known/openid-configuration',
    manual: {
      entityId: 'Issuer',
      ssoUrl: anyOf('Authorization endpoint', 'Authorization URL'),
      certificate: anyOf('JWKS URL', 'jwks_uri'),
    },
  },
  mapping: {
    email: ['email'],
    firstName: ['given_name'],
    lastName: ['family_name'],
    displayName: ['name'],
    groups: ['groups'],
  },
  settings: {},
  places: {
    audience: [anyOf('Client ID', 'Application ID')],
    'acs-url': [redirectUri],
    'email-attribute': [scopes, 'email'],
    attributes: [scopes],
    groups: [scopes, 'groups'],
    'signature-algorithm': [anyOf('ID token signature algorithm', 'Signing algorithm')],
    certificate: [anyOf('JWKS', 'Signing keys')],
    assignment: [people],
    metadata: [discovery],
  },
  provisioning: {
    support: 'push',
    instructions: [
      set(anyOf('SCIM base URL', 'Tenant URL'), ours('scim-url')),
      set(anyOf('Bearer token', 'Secret token', 'API token'), ours('scim-token')),
    ],
    notes: [
      texts(
        'Only where your provider can push over SCIM 2.0; otherwise people come in with their first sign-in.',
        'Nur wenn Ihr Anbieter über SCIM 2.0 senden kann; sonst kommen Personen mit ihrer ersten Anmeldung herein.',
        'Seulement si votre fournisseur sait envoyer par SCIM 2.0 ; sinon, les gens arrivent à leur première connexion.',
      ),
    ],
  },
  singleLogout: { support: 'no', instructions: [] },
  gotchas: [
    texts(
      'The claim “sub” says who somebody is and must never change; another client may get other ones.',
      'Der Claim „sub“ sagt, wer jemand ist, und darf sich nie ändern; ein anderer Client erhält womöglich andere.',
      'La revendication « sub » dit qui est quelqu’un et ne doit jamais changer ; un autre client peut en recevoir d’autres.',
    ),
    texts(
      'An address with “email_verified” set to false counts as none.',
      'Eine Adresse, bei der „email_verified“ auf false steht, zählt nicht.',
      'Une adresse dont « email_verified » vaut false ne compte pas.',
    ),
    texts(
      'A client secret expires at many providers: note the day, sign-in ends with it.',
      'Bei vielen Anbietern läuft das Geheimnis des Clients ab: Notieren Sie den Tag, mit ihm endet die Anmeldung.',
      'Chez bien des fournisseurs, le secret du client expire : notez le jour, la connexion s’arrête avec lui.',
    ),
  ],
  errors: [
    {
      says: ['redirect_uri_mismatch', 'invalid redirect_uri'],
      means: texts(
        'Our redirect URI is not among those of the client; case and slashes count.',
        'Unsere Redirect-URI ist keine von denen des Clients; Groß-, Kleinschreibung und Schrägstriche zählen.',
        'Notre URI de redirection n’est pas parmi celles du client ; la casse et les barres obliques comptent.',
      ),
      mender: 'it-admin',
      place: 'acs-url',
    },
    {
      says: ['unauthorized_client'],
      means: texts(
        'The client may not use the authorization code flow.',
        'Der Client darf den „Authorization Code“-Ablauf nicht verwenden.',
        'Le client n’a pas droit au flux « Authorization Code ».',
      ),
      mender: 'it-admin',
    },
  ],
  verified: { confidence: 'documented', on: '2026-11-20', recheckBy: '2027-05-20' },
  recognises: () => false,
};
