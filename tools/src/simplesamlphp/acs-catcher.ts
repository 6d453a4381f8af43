import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';

export interface CaughtResponse {
  xml: string;
  relayState: string | null;
}

/** Stands where a service provider's ACS would and keeps what is posted to it. */
export class AcsCatcher {
  private readonly caught: CaughtResponse[] = [];

  private constructor(
    private readonly server: Server,
    readonly acsUrl: string,
  ) {}

  static async start(): Promise<AcsCatcher> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The catcher has no port.');
    const catcher = new AcsCatcher(server, `http://127.0.0.1:${address.port}/acs`);
    server.on('request', (request, response) => {
      void text(request).then((body) => response.end(catcher.keep(new URLSearchParams(body))));
    });
    return catcher;
  }

  /** The oldest response not yet taken. */
  take(): CaughtResponse {
    const oldest = this.caught.shift();
    if (oldest === undefined) throw new Error('Nothing was posted to the ACS.');
    return oldest;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private keep(posted: URLSearchParams): string {
    const xml = Buffer.from(posted.get('SAMLResponse') ?? '', 'base64').toString('utf8');
    this.caught.push({ xml, relayState: posted.get('RelayState') });
    return 'caught';
  }
}
