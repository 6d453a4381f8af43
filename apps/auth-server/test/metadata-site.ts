import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { idpMetadata, type SamlIdp } from '@gatehouse/tools/saml-idp';

/** Where an identity provider publishes its metadata; a test says what stands there. */
export class MetadataSite {
  private status = 200;
  private document = '';

  private constructor(
    private readonly server: Server,
    /** `host:port` on this machine, which the deployment has to allow. */
    readonly host: string,
  ) {
    server.on('request', (_, response) => {
      response.writeHead(this.status, { 'content-type': 'text/html' }).end(this.document);
    });
  }

  static async open(): Promise<MetadataSite> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return new MetadataSite(server, `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  }

  get url(): string {
    return `http://${this.host}/metadata`;
  }

  close(): void {
    this.server.close();
  }

  serves(document: string, status = 200): void {
    Object.assign(this, { document, status });
  }
}

/** The metadata of an identity provider that names the certificates of all of these, itself first. */
export function metadataOf(idp: SamlIdp, ...others: readonly Pick<SamlIdp, 'key'>[]): string {
  const { entityId, ssoUrl, sloUrl } = idp;
  const certificatesPem = [idp, ...others].map(({ key }) => key.certificatePem);
  return idpMetadata({ entityId, ssoUrl, sloUrl, certificatesPem });
}
