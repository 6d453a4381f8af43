import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Where the line to the mail server goes dead: before the server has the letter, or before it could say that it took it. */
export type Cut = 'before the letter' | 'after the letter';

const endOfLetter = '\r\n.\r\n';

/** A line between a worker and its mail server that goes dead once, with both ends still holding it. */
export class MailLine {
  readonly #server = createServer((client) => this.#join(client));
  readonly #sockets = new Set<Socket>();
  #cut: Cut | undefined;
  #dead: () => void = () => undefined;
  /** When it is dead. */
  readonly dead = new Promise<void>((resolve) => (this.#dead = resolve));

  constructor(
    private readonly mailPort: number,
    cut: Cut,
  ) {
    this.#cut = cut;
  }

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `smtp://127.0.0.1:${portOf(this.#server.address())}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket): void {
    const server = connect(this.mailPort, '127.0.0.1');
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    let tail = '';
    client.on('data', (said: Buffer) => {
      if (this.#cut === 'before the letter' && /^DATA\r\n/m.test(said.toString())) return this.#die();
      tail = (tail + said.toString()).slice(-endOfLetter.length);
      server.write(said);
    });
    server.on('data', (said: Buffer) => {
      if (this.#cut === 'after the letter' && tail === endOfLetter) return this.#die();
      client.write(said);
    });
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  }

  #die(): void {
    this.#cut = undefined;
    this.#dead();
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The line has no port.');
  return address.port;
}
