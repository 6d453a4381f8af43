import { deflateRawSync } from 'node:zlib';
import express from 'express';
import { SamlIdp, generateKeyAndCertificate, startIdpServer } from '../saml-idp';
import { listen } from '../web/listen';
import { ManagementApi } from './management-api';
import { PEOPLE } from './people';
import { seedAcme } from './seed-acme';
import { seedApplication } from './seed-application';

const key = generateKeyAndCertificate();
const closers: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closers.map((close) => close())));

/** Speaks as much of the management API as the seed uses, and notes the calls. */
async function aServer(idpUrl: () => string) {
  const calls: string[] = [];
  const callbacks: string[] = [];
  const initiated: string[] = [];
  const told: string[] = [];
  const state = { domain: 'none', connection: 'none', metadataUrl: '', tested: '', slo: ['/slo'] };
  const version: { pending?: number } = {};
  const app = express().use(express.json(), express.urlencoded({ extended: false }));
  const url = () => listening.url;
  app.use((request, _, next) => {
    if (['POST', 'PATCH'].includes(request.method)) calls.push(request.path.replace('/api/v1', ''));
    next();
  });
  app.post(['/api/v1/tenants', '/api/v1/tenants/acme/members'], (_, response) => {
    response.status(callbacks.length > 0 ? 409 : 201).json({});
  });
  const domain = () => ({
    id: 'dom_1',
    name: 'acme.example',
    state: state.domain,
    proof: { type: 'TXT', name: '_p.acme.example', value: 'v' },
  });
  app.get(
    '/api/v1/tenants/acme/domains',
    (_, response) => void response.json({ items: state.domain === 'none' ? [] : [domain()] }),
  );
  app.post('/api/v1/tenants/acme/domains', (_, response) => {
    state.domain = 'pending';
    response.json(domain());
  });
  app.post('/api/v1/tenants/acme/domains/dom_1/verify', (_, response) => {
    state.domain = 'verified';
    response.json(domain());
  });
  const connection = () => ({
    id: 'conn_1',
    label: 'Acme Identity',
    state: state.connection,
    metadataUrl: state.metadataUrl,
    idp: { slo: state.slo },
    ...(version.pending === undefined ? {} : { pendingVersion: version.pending }),
  });
  app.get(
    '/api/v1/tenants/acme/connections',
    (_, response) => void response.json({ items: state.connection === 'none' ? [] : [connection()] }),
  );
  app.post('/api/v1/tenants/acme/connections', (request, response) => {
    state.connection = 'untested';
    state.metadataUrl = request.body.metadataUrl;
    response.json(connection());
  });
  app.patch('/api/v1/tenants/acme/connections/conn_1', (request, response) => {
    state.metadataUrl = request.body.metadataUrl;
    if (state.connection === 'enabled') version.pending = 2;
    response.json(connection());
  });
  app.post('/api/v1/tenants/acme/connections/conn_1/versions/2/promote', (_, response) => {
    if (state.tested === '') return void response.status(409).json({});
    delete version.pending;
    state.slo = ['/slo'];
    response.json(connection());
  });
  app.post(
    '/api/v1/tenants/acme/connections/conn_1/tests',
    (_, response) => void response.json({ startUrl: `${url()}/test` }),
  );
  app.post('/api/v1/tenants/acme/connections/conn_1/enable', (_, response) => {
    state.connection = 'enabled';
    response.json(connection());
  });
  app.get('/test', (_, response) =>
    response.redirect(`${idpUrl()}/sso?${new URLSearchParams({ SAMLRequest: aRequest(`${url()}/acs`) })}`),
  );
  app.post('/acs', (request, response) => {
    state.tested = Buffer.from(String(request.body.SAMLResponse), 'base64').toString();
    response.redirect(303, '/passed');
  });
  app.get('/passed', (_, response) => void response.send('passed'));
  app.get(
    '/api/v1/applications',
    (_, response) =>
      void response.json({
        items: callbacks.map((callback, index) => ({
          name: 'Demo application',
          clientId: `app_${index + 1}`,
          redirectUris: [callback],
          initiateLoginUri: initiated[index],
          backchannelLogoutUri: told[index],
        })),
      }),
  );
  app.post('/api/v1/applications', (request, response) => {
    callbacks.push(request.body.redirectUris[0]);
    initiated.push(request.body.initiateLoginUri);
    told.push(request.body.backchannelLogoutUri);
    response.json({ clientId: `app_${callbacks.length}`, clientSecret: 'shown once' });
  });
  app.patch('/api/v1/applications/app_1', (request, response) => {
    initiated[0] = request.body.initiateLoginUri;
    told[0] = request.body.backchannelLogoutUri;
    response.json({});
  });
  const listening = await listen(app, 0);
  closers.push(listening.close);
  return { url: listening.url, calls, state, initiated, told };
}

function aRequest(acsUrl: string): string {
  const xml = `<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" AssertionConsumerServiceURL="${acsUrl}"><a:Issuer xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">sp</a:Issuer></p:AuthnRequest>`;
  return deflateRawSync(xml).toString('base64');
}

async function anIdp(records: unknown[]) {
  const idp = new SamlIdp({ entityId: 'idp', ssoUrl: 'http://idp.example/sso', key });
  const server = await startIdpServer({
    idp,
    port: 0,
    people: PEOPLE,
    extend: (app) =>
      app.post('/dns-records', express.json(), (request, response) => {
        records.push(request.body);
        response.status(204).end();
      }),
  });
  closers.push(server.close);
  return server;
}

it('sets Acme up with a real test sign-in, and does nothing twice [CON-8]', async () => {
  const records: unknown[] = [];
  const idp = await anIdp(records);
  const server = await aServer(() => idp.url);
  const settings = {
    GATEHOUSE_URL: server.url,
    OPERATOR_KEY: 'k',
    IDP_URL: idp.url,
    APP_URL: 'http://app.example',
  };
  const api = new ManagementApi(server.url, 'k');

  await seedAcme(api, settings);
  expect(await seedApplication(api, settings)).toEqual({ clientId: 'app_1', clientSecret: 'shown once' });
  expect(records).toEqual([{ name: '_p.acme.example', type: 'TXT', records: ['v'] }]);
  expect(server.state).toMatchObject({ domain: 'verified', connection: 'enabled' });
  expect(server.state.tested).toContain('>ana@acme.example<');

  server.calls.length = 0;
  await seedAcme(api, settings);
  expect(await seedApplication(api, { ...settings, DEMO_CLIENT_SECRET: 'kept' })).toEqual({
    clientId: 'app_1',
    clientSecret: 'kept',
  });
  expect(server.calls).toEqual(['/tenants', '/tenants/acme/members']);

  for (const forgotten of [server.initiated, server.told]) {
    forgotten.length = 0;
    await seedApplication(api, settings);
    expect(server.initiated).toEqual(['http://app.example/auth/initiate']);
    expect(server.told).toEqual(['http://app.example/auth/backchannel-logout']);
  }
});

it('follows the demo to other ports: the connection is changed and tested anew, the application registered', async () => {
  const before = await anIdp([]);
  const after = await anIdp([]);
  let idp = before;
  const server = await aServer(() => idp.url);
  const settings = { GATEHOUSE_URL: server.url, OPERATOR_KEY: 'k', APP_URL: 'http://app.example' };
  const api = new ManagementApi(server.url, 'k');
  await seedAcme(api, { ...settings, IDP_URL: before.url });
  await seedApplication(api, settings);

  idp = after;
  server.state.tested = '';
  server.calls.length = 0;
  const moved = { ...settings, APP_URL: 'http://app.example:3011', IDP_URL: after.url };
  await seedAcme(api, moved);
  expect(server.state.metadataUrl).toBe(`${after.url}/metadata`);
  expect(server.state.tested).toContain('>ana@acme.example<');
  expect(server.calls).toContain('/tenants/acme/connections/conn_1/versions/2/promote');
  expect(await seedApplication(api, moved)).toMatchObject({ clientId: 'app_2' });
  expect(await seedApplication(api, { ...moved, DEMO_CLIENT_SECRET: 'kept' })).toEqual({
    clientId: 'app_2',
    clientSecret: 'kept',
  });
});

it('gives a connection of earlier the logout address, as a trust edit that is tested first [SML-11] [CON-16]', async () => {
  const idp = await anIdp([]);
  const server = await aServer(() => idp.url);
  const settings = { GATEHOUSE_URL: server.url, OPERATOR_KEY: 'k', IDP_URL: idp.url, APP_URL: 'http://a.b' };
  const api = new ManagementApi(server.url, 'k');
  await seedAcme(api, settings);
  Object.assign(server.state, { slo: [], tested: '' });
  server.calls.length = 0;
  await seedAcme(api, settings);
  expect(server.state.tested).toContain('>ana@acme.example<');
  const path = '/tenants/acme/connections/conn_1';
  expect(server.calls.filter((call) => call.startsWith(path))).toEqual([
    path,
    `${path}/tests`,
    `${path}/versions/2/promote`,
  ]);
  server.calls.length = 0;
  await seedAcme(api, settings);
  expect(server.calls).toEqual(['/tenants', '/tenants/acme/members']);
});

it('says which call was refused and with what', async () => {
  const server = await aServer(() => 'http://idp.example');
  const api = new ManagementApi(server.url, 'k');
  await expect(api.create('/nowhere', {})).rejects.toThrow('POST /nowhere answered 404');
});
