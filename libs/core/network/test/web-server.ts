import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Server as NetServer } from 'node:net';
import { generate } from 'selfsigned';

/** The port that a server was given. */
export function portOf(server: NetServer): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}

async function listen(server: Server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: portOf(server), close };
}

/** A plain web server on this machine. */
export function serveHttp(listener: RequestListener) {
  return listen(createHttpServer(listener));
}

/** When a server's certificate holds. */
export interface Validity {
  readonly from: Date;
  readonly until: Date;
}

/** A TLS server on this machine, and the certificate it shows for `name`. */
export async function serveHttps(name: string, listener: RequestListener, validity?: Validity) {
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    ...(validity === undefined ? {} : { notBeforeDate: validity.from, notAfterDate: validity.until }),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
  });
  return { ...(await listen(createHttpsServer({ key, cert }, listener))), certificate: cert };
}
