import { z } from 'zod';
import { HttpBrowser } from '../http-browser';
import type { SeedSettings } from './config';
import type { DnsRecord } from './demo-files';
import type { ManagementApi } from './management-api';

const ACME = '/tenants/acme';
const DOMAIN = 'acme.example';
const LABEL = 'Acme Identity';
const anything = z.unknown();

const domain = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  proof: z.object({ name: z.string(), value: z.string() }).optional(),
});
const connection = z.object({
  id: z.string(),
  label: z.string().optional(),
  state: z.string(),
  metadataUrl: z.string().optional(),
  idp: z.object({ slo: z.array(z.unknown()) }).optional(),
  pendingVersion: z.number().optional(),
});

type IdpAddress = Pick<SeedSettings, 'IDP_URL'>;

/** Acme with its owner, its verified domain and its enabled connection; what is there already is left alone. */
export async function seedAcme(api: ManagementApi, settings: IdpAddress): Promise<void> {
  await api.create('/tenants', {
    slug: 'acme',
    name: 'Acme Inc.',
    externalId: 'acme',
    // So that the owner can sign in without a linking mail.
    associateByEmail: true,
  });
  await api.create(`${ACME}/members`, { email: 'ana@acme.example', name: 'Ana', role: 'owner' });
  await verifyDomain(api, settings);
  await enableConnection(api, settings);
}

async function verifyDomain(api: ManagementApi, settings: IdpAddress): Promise<void> {
  const path = `${ACME}/domains`;
  const known = await findIn(api, path, domain, ({ name }) => name === DOMAIN);
  const claimed = known ?? (await api.post(path, { name: DOMAIN }, domain));
  if (claimed.state === 'verified') return;
  const { proof } = claimed;
  if (!proof) throw new Error(`The domain ${DOMAIN} is ${claimed.state} and tells no record to set`);
  await publish(settings.IDP_URL, { name: proof.name, type: 'TXT', records: [proof.value] });
  await api.post(`${path}/${claimed.id}/verify`, {}, anything);
}

async function publish(idpUrl: string, record: DnsRecord): Promise<void> {
  const response = await fetch(`${idpUrl}/dns-records`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(record),
  });
  if (!response.ok) throw new Error(`The demo DNS refused the record: ${await response.text()}`);
}

async function enableConnection(api: ManagementApi, settings: IdpAddress): Promise<void> {
  const path = `${ACME}/connections`;
  // So that a sign-in from the pages of the identity provider can be seen, the safe way.
  const metadataUrl = `${settings.IDP_URL}/metadata`;
  const wanted = { label: LABEL, metadataUrl, settings: { idpInitiated: 'bounce' } };
  const known = await findIn(api, path, connection, ({ label }) => label === LABEL);
  if (known?.state === 'enabled' && isUpToDate(known, metadataUrl)) return;
  const { id } = known ?? (await api.post(path, wanted, connection));
  const changed = known && (await api.patch(`${path}/${id}`, { metadataUrl }, connection));
  const { startUrl } = await api.post(`${path}/${id}/tests`, {}, z.object({ startUrl: z.url() }));
  await signInAsAna(startUrl);
  // While a connection is on, a trust edit waits for its test; otherwise the connection itself was tested.
  const { pendingVersion } = changed ?? {};
  const step = pendingVersion === undefined ? 'enable' : `versions/${pendingVersion}/promote`;
  await api.post(`${path}/${id}/${step}`, {}, anything);
}

/**
 * Not where a port was taken this time or last time: the identity provider has another address, and so another name.
 * Nor where the connection was made before the identity provider had a logout address.
 */
function isUpToDate(known: z.infer<typeof connection>, metadataUrl: string): boolean {
  return known.metadataUrl === metadataUrl && (known.idp?.slo ?? []).length > 0;
}

/** The test sign-in of CON-8, as Ana would do it in a browser. */
async function signInAsAna(startUrl: string): Promise<void> {
  const browser = new HttpBrowser();
  await browser.get(startUrl);
  await browser.press('ana@acme.example');
  const page = await browser.press('Continue');
  if (page.status < 400) return;
  throw new Error(`The test sign-in ended with ${page.status} at ${page.url}: ${page.text.slice(0, 2000)}`);
}

/** The first entry that fits of a list, which comes bare or as `items`. */
async function findIn<Schema extends z.ZodType>(
  api: ManagementApi,
  path: string,
  schema: Schema,
  fits: (entry: z.infer<Schema>) => boolean,
): Promise<z.infer<Schema> | undefined> {
  return (await api.get(path, listOf(schema))).find(fits);
}

/** A list, bare or as `items`. */
export function listOf<Schema extends z.ZodType>(schema: Schema) {
  return z.union([z.array(schema), z.object({ items: z.array(schema) }).transform(({ items }) => items)]);
}
