import { createSocket } from 'node:dgram';
import type { RemoteInfo, Socket } from 'node:dgram';
import { once } from 'node:events';
import { AUTHORITATIVE_ANSWER, decode, encode } from 'dns-packet';
import type { Answer, Packet, Question } from 'dns-packet';
import { Zone } from './zone';
import type { RecordType, RecordValue, ZoneRecord } from './zone';

export interface DnsServerOptions {
  /** 0 (the default) takes a free port. */
  readonly port?: number;
}

const RCODE = { servfail: 2, nxdomain: 3 } as const;
const TTL_SECONDS = 1;

/** A DNS server on 127.0.0.1 over UDP that says only what it was told to say. */
export async function startDnsServer({ port = 0 }: DnsServerOptions = {}): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const server = new DnsServer(socket);
  const listening = once(socket, 'listening');
  socket.bind(port, '127.0.0.1');
  await listening;
  return server;
}

export class DnsServer {
  /** Every question that came, oldest first: `TXT _gatehouse-challenge.acme.example`. */
  readonly questions: string[] = [];
  private readonly zone = new Zone();

  constructor(private readonly socket: Socket) {
    socket.on('message', (message, sender) => this.receive(message, sender));
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** `host:port`, as node:dns `setServers` takes it. */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Replaces the records of one type at a name and ends any misbehaviour of it. */
  set(name: string, type: RecordType, values: readonly RecordValue[]): void {
    this.zone.set(name, type, values);
  }

  /** Forgets a name: it does not exist any more. */
  remove(name: string): void {
    this.zone.remove(name);
  }

  nxdomain(name: string): void {
    this.zone.misbehave(name, 'nxdomain');
  }

  servfail(name: string): void {
    this.zone.misbehave(name, 'servfail');
  }

  /** Never answers for this name: the resolver runs into its time-out. */
  silent(name: string): void {
    this.zone.misbehave(name, 'silent');
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.socket.close(() => resolve()));
  }

  private receive(message: Buffer, sender: RemoteInfo): void {
    const query = decoded(message);
    const question = query?.questions?.[0];
    if (!query || !question) return;
    this.questions.push(`${question.type} ${question.name}`);
    const answer = this.answer(query, question);
    if (answer) this.socket.send(encode(answer), sender.port, sender.address);
  }

  private answer(query: Packet, question: Question): Packet | undefined {
    const found = this.zone.lookup(question.name, question.type);
    if (found.kind === 'silent') return undefined;
    const head: Packet = { type: 'response', id: query.id, questions: [question] };
    // dns-packet keeps the response code in the low bits of the flags.
    if (found.kind !== 'answer') return { ...head, flags: AUTHORITATIVE_ANSWER | RCODE[found.kind] };
    return { ...head, flags: AUTHORITATIVE_ANSWER, answers: found.records.map(toAnswer) };
  }
}

/** What is no DNS message gets no answer, as from a real server. */
function decoded(message: Buffer): Packet | undefined {
  try {
    return decode(message);
  } catch {
    return undefined;
  }
}

function toAnswer({ name, type, value }: ZoneRecord): Answer {
  const chunks = typeof value === 'string' ? [value] : [...value];
  if (type === 'TXT') return { name, type, ttl: TTL_SECONDS, data: chunks };
  return { name, type, ttl: TTL_SECONDS, data: chunks.join('') };
}
