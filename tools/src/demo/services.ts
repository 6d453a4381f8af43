import express from 'express';
import type { Express } from 'express';
import { startDnsServer } from '../dns-server';
import type { DnsServer } from '../dns-server';
import { startMailCatcher } from '../mail-catcher';
import { SamlIdp, startIdpServer } from '../saml-idp';
import type { MetadataOf } from '../saml-idp';
import type { ServiceSettings } from './config';
import { DemoFiles, dnsRecord } from './demo-files';
import { PEOPLE } from './people';

export interface DemoServices {
  readonly idpUrl: string;
  readonly mailUrl: string;
  readonly dnsAddress: string;
  close(): Promise<void>;
}

/** Starts the demo's identity provider, DNS and mail catcher. */
export async function startServices(settings: ServiceSettings): Promise<DemoServices> {
  const files = new DemoFiles(settings.GATEHOUSE_DEMO_DIR);
  const dns = await startDnsServer({ port: settings.DNS_PORT });
  files.dnsRecords().forEach(({ name, type, records }) => dns.set(name, type, records));
  const mail = await startMailCatcher({ smtpPort: settings.SMTP_PORT, pagePort: settings.MAIL_PORT });
  const idp = await startIdp(settings, files, dns);
  return {
    idpUrl: idp.url,
    mailUrl: mail.pageUrl,
    dnsAddress: dns.address,
    close: async () => void (await Promise.all([idp.close(), mail.close(), dns.close()])),
  };
}

function startIdp({ IDP_PORT: port, GATEHOUSE_URL }: ServiceSettings, files: DemoFiles, dns: DnsServer) {
  const url = `http://127.0.0.1:${port}`;
  const idp = new SamlIdp({
    entityId: `${url}/metadata`,
    ssoUrl: `${url}/sso`,
    sloUrl: `${url}/slo`,
    key: files.key(),
    sign: 'both',
  });
  return startIdpServer({
    ...{ idp, port, people: PEOPLE },
    metadataOf: metadataAt(GATEHOUSE_URL),
    extend: (app) => dnsControl(app, files, dns),
  });
}

/** Gatehouse publishes the metadata of a connection at its entity ID; no other address is asked, whoever names it. */
function metadataAt(gatehouseUrl: string): MetadataOf {
  const connections = `${new URL(gatehouseUrl).origin}/saml/metadata/`;
  return async (entityId) => {
    const isPlain = new URL(entityId).href === entityId;
    if (!isPlain || !entityId.startsWith(connections))
      throw new Error(`${entityId} is no connection of this demo`);
    const response = await fetch(entityId, { redirect: 'error', signal: AbortSignal.timeout(5000) });
    if (response.ok) return response.text();
    throw new Error(`${entityId} answered ${response.status}`);
  };
}

/** POST /dns-records; only JSON, which no other site's page can send here without being allowed to. */
function dnsControl(app: Express, files: DemoFiles, dns: DnsServer): void {
  app.post('/dns-records', express.json(), (request, response) => {
    const record = dnsRecord.parse(request.body);
    dns.set(record.name, record.type, record.records);
    files.keepDnsRecord(record);
    response.status(204).end();
  });
}
