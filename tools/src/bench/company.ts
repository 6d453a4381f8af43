import { Agent } from 'node:http';
import { z } from 'zod';
import { startDnsServer } from '../dns-server';
import { ManagementApi } from '../demo/management-api';
import { generateKeyAndCertificate, SamlIdp } from '../saml-idp';
import type { BenchSettings } from './config';
import { PersonAtBrowser } from './person-at-browser';

export const TENANT = 'bench';
export const DOMAIN = 'bench.example';

const PATH = `/tenants/${TENANT}`;
const REDIRECT_URI = 'http://localhost:9/auth/callback';
const anything = z.unknown();
const made = z.object({ id: z.string() });
const claim = made.extend({ proof: z.object({ name: z.string(), value: z.string() }) });
const client = z.object({ clientId: z.string(), clientSecret: z.string() });

/** What a sign-in needs to know: the server, the identity provider and the application. */
export interface Company {
  readonly url: string;
  readonly idp: SamlIdp;
  readonly redirectUri: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** One tenant with a verified domain and an enabled, tested connection, and one application: all through the API. */
export async function setUpCompany(settings: BenchSettings): Promise<Company> {
  const api = new ManagementApi(settings.GATEHOUSE_URL, settings.OPERATOR_KEY);
  const idp = new SamlIdp({
    entityId: `https://idp.${DOMAIN}/entity`,
    ssoUrl: `https://idp.${DOMAIN}/sso`,
    key: generateKeyAndCertificate({ commonName: 'bench' }),
  });
  await api.post('/tenants', { slug: TENANT, name: 'Bench Inc.' }, anything);
  await api.post(`${PATH}/members`, { email: `owner@${DOMAIN}`, role: 'owner' }, anything);
  await verifyDomain(api, TENANT, DOMAIN, settings.DNS_PORT);
  await connect(api, idp);
  const application = { name: 'Bench application', redirectUris: [REDIRECT_URI] };
  const { clientId, clientSecret } = await api.post('/applications', application, client);
  return { url: settings.GATEHOUSE_URL, idp, redirectUri: REDIRECT_URI, clientId, clientSecret };
}

/** Claims a domain, publishes the record that the API asks for, and has it checked. */
export async function verifyDomain(
  api: ManagementApi,
  tenant: string,
  name: string,
  dnsPort: number,
): Promise<void> {
  const { id, proof } = await api.post(`/tenants/${tenant}/domains`, { name }, claim);
  const dns = await startDnsServer({ port: dnsPort });
  try {
    dns.set(proof.name, 'TXT', [proof.value]);
    await api.post(`/tenants/${tenant}/domains/${id}/verify`, {}, anything);
  } finally {
    await dns.close();
  }
}

async function connect(api: ManagementApi, idp: SamlIdp): Promise<void> {
  const wanted = { label: 'Bench identity', metadataXml: idp.metadata() };
  const { id } = await api.post(`${PATH}/connections`, wanted, made);
  const path = `${PATH}/connections/${id}`;
  const { startUrl } = await api.post(`${path}/tests`, {}, z.object({ startUrl: z.url() }));
  await passTest(startUrl, idp);
  await api.post(`${path}/enable`, {}, anything);
}

/** The test sign-in without which a connection cannot be enabled (CON-8). */
async function passTest(startUrl: string, idp: SamlIdp): Promise<void> {
  const agent = new Agent();
  const browser = new PersonAtBrowser(agent);
  const question = idp.readRedirect(await browser.redirected({ method: 'GET', url: startUrl }));
  const { acsUrl, form } = idp.respond(question, personOf('owner'));
  const finish = await browser.redirected({
    method: 'POST',
    url: acsUrl,
    form: { ...form },
    crossSite: true,
  });
  const { status, body } = await browser.get(finish);
  agent.destroy();
  if (status !== 200) throw new Error(`The test sign-in ended with ${status}: ${body.slice(0, 500)}`);
}

/** Someone of the company, as its identity provider knows them. */
export function personOf(name: string) {
  const email = `${name}@${DOMAIN}`;
  return { nameId: email, email, firstName: 'Ben', lastName: 'Example' };
}
