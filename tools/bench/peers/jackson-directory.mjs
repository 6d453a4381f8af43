// Directory sync of @boxyhq/saml-jackson in the smallest server that can carry it: the peer of `npm run bench:scim`.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import jackson from '@boxyhq/saml-jackson';
import pg from 'pg';

const { PORT, DATABASE_URL } = process.env;
const externalUrl = `http://localhost:${PORT}`;
const quiet = () => undefined;
const product = 'bench';

const { directorySyncController: sync } = await jackson.default({
  externalUrl,
  samlPath: '/acs',
  scimPath: '/scim',
  // It answers with this many people at most: with its default of 50 it would say that no directory has more.
  db: { engine: 'sql', type: 'postgres', url: DATABASE_URL, pageLimit: 1_000_000 },
  clientSecretVerifier: 'a verifier of the bench',
  noAnalytics: true,
  logger: { info: quiet, warn: quiet, error: console.error },
});
const database = new pg.Pool({ connectionString: DATABASE_URL, max: 1 });

/** Events go nowhere: what a webhook would cost is spared it. */
const swallow = async () => undefined;

async function makeDirectory({ tenant }) {
  const made = await sync.directories.create({ tenant, product, type: 'generic-scim-v2', name: tenant });
  if (made.error) throw new Error(made.error.message);
  return { id: made.data.id, url: made.data.scim.endpoint, token: made.data.scim.secret };
}

/** People like the given one, and members of the group: the rows that as many requests would have written. */
async function fill({ tenant, directory, person, group, ids, members }) {
  const { data: template } = await sync.users.setTenantAndProduct(tenant, product).get(person.id);
  if (template === null) throw new Error('The person to copy is not there.');
  const users = `dsync:users:${tenant}:${product}`;
  const rows = ids.map(({ id, number }) => {
    const value = JSON.stringify(template).replaceAll(person.id, id).replaceAll(person.number, number);
    const email = JSON.parse(value).email;
    return row(users, id, value, { directoryIdUsername: `${directory}:${email}`, directoryId: directory });
  });
  await insert(rows);
  await insert(members.map((id) => membership(tenant, group, id)));
  await database.query('VACUUM ANALYZE jackson_store, jackson_index');
  return {};
}

function membership(tenant, group, user) {
  const id = digest(`${group}:${user}`);
  const value = JSON.stringify({ id, group_id: group, user_id: user });
  return row(`dsync:members:${tenant}:${product}`, id, value, { groupId: group });
}

function row(namespace, id, value, indexes) {
  const entries = Object.entries(indexes).map(([name, of]) => `${namespace}:${name}:${digest(of)}`);
  return { key: `${namespace}:${digest(id)}`, namespace, value, indexes: entries };
}

async function insert(all) {
  for (let at = 0; at < all.length; at += 5000) {
    const rows = all.slice(at, at + 5000);
    const column = (name) => rows.map((it) => it[name]);
    await database.query(
      `INSERT INTO jackson_store (key, value, namespace) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])`,
      [column('key'), column('value'), column('namespace')],
    );
    const indexed = rows.flatMap(({ key, indexes }) => indexes.map((index) => [index, key]));
    await database.query(
      `INSERT INTO jackson_index (key, "storeKey") SELECT * FROM unnest($1::text[], $2::text[])`,
      [indexed.map(([index]) => index), indexed.map(([, key]) => key)],
    );
  }
}

const digest = (value) => createHash('ripemd160').update(value).digest('hex');

/** /scim/<directory>/<Users or Groups>[/<id>] */
async function scim(request, url, body) {
  const [, , directoryId, resourceType, resourceId] = url.pathname.split('/');
  const { filter, count, startIndex } = Object.fromEntries(url.searchParams);
  const answer = await sync.requests.handle(
    {
      method: request.method,
      body: body === '' ? undefined : JSON.parse(body),
      directoryId,
      resourceType,
      resourceId,
      apiSecret: (request.headers.authorization ?? '').slice('Bearer '.length),
      query: { filter, count: numberIn(count), startIndex: numberIn(startIndex) },
    },
    swallow,
  );
  return { status: answer.status, body: answer.data };
}

const numberIn = (value) => (value === undefined ? undefined : Number(value));

async function answerTo(request) {
  const url = new URL(request.url, externalUrl);
  const body = await text(request);
  if (url.pathname === '/ready') return { status: 200, body: {} };
  if (url.pathname === '/directories') return { status: 200, body: await makeDirectory(JSON.parse(body)) };
  if (url.pathname === '/fill') return { status: 200, body: await fill(JSON.parse(body)) };
  return scim(request, url, body);
}

const server = createServer(async (request, response) => {
  try {
    const { status, body } = await answerTo(request);
    response.writeHead(status, { 'content-type': 'application/scim+json' }).end(JSON.stringify(body));
  } catch (error) {
    response.writeHead(500).end(String(error.message));
  }
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening on ${externalUrl}`));
process.on('SIGTERM', () => process.exit(0));
