// @boxyhq/saml-jackson in the smallest server that can carry it, on the same PostgreSQL: the peer of `npm run bench`.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { generateKeyPairSync } from 'node:crypto';
import jackson from '@boxyhq/saml-jackson';

const { PORT, DATABASE_URL } = process.env;
const externalUrl = `http://localhost:${PORT}`;
const quiet = () => undefined;

const { apiController, oauthController } = await jackson.default({
  externalUrl,
  samlPath: '/acs',
  samlAudience: 'https://saml.bench.example',
  db: { engine: 'sql', type: 'postgres', url: DATABASE_URL },
  clientSecretVerifier: 'a verifier of the bench',
  openid: { jwsAlg: 'ES256', jwtSigningKeys: signingKeys() },
  noAnalytics: true,
  logger: { info: quiet, warn: quiet, error: console.error },
});

/** As the library wants them: PEM in base64. */
function signingKeys() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encode = (key, type) => Buffer.from(key.export({ type, format: 'pem' })).toString('base64');
  return { private: encode(privateKey, 'pkcs8'), public: encode(publicKey, 'spki') };
}

const routes = {
  'GET /ready': () => json({}),
  'POST /connections': async ({ body }) => json(await apiController.createSAMLConnection(JSON.parse(body))),
  'GET /authorize': async ({ url }) =>
    redirect(await oauthController.authorize(Object.fromEntries(url.searchParams))),
  'POST /acs': async ({ body }) => redirect(await oauthController.samlResponse(form(body))),
  'POST /token': async ({ body }) => json(await oauthController.token(form(body))),
  'GET /userinfo': async ({ headers }) =>
    json(await oauthController.userInfo(headers.authorization.slice('Bearer '.length))),
};

const form = (body) => Object.fromEntries(new URLSearchParams(body));
const json = (value) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
const redirect = ({ redirect_url: location, error }) => {
  if (!location) throw new Error(error ?? 'no redirect');
  return { status: 303, headers: { location }, body: '' };
};

const server = createServer(async (request, response) => {
  const url = new URL(request.url, externalUrl);
  try {
    const route = routes[`${request.method} ${url.pathname}`];
    const answer = await route({ url, headers: request.headers, body: await text(request) });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  } catch (error) {
    response.writeHead(500).end(String(error.message));
  }
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening on ${externalUrl}`));
process.on('SIGTERM', () => process.exit(0));
