import { createServer, type Server } from 'node:http';

/** A server that answers nothing yet: its address must be known before what answers there can be made. */
export interface Door {
  readonly server: Server;
  readonly url: string;
}

/** Listens at a free port of this host name of the machine; to a browser, another host name is another site. */
export async function openDoor(host: 'localhost' | '127.0.0.1'): Promise<Door> {
  const server = createServer();
  await new Promise<void>((opened) => server.listen(0, '127.0.0.1', opened));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return { server, url: `http://${host}:${address.port}` };
}
