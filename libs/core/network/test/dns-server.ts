import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { AUTHORITATIVE_ANSWER, decode, encode, type Answer } from 'dns-packet';

// RFC 1035 4.1.1
export const noError = 0;
export const serverFailure = 2;
export const nameError = 3;
export const refused = 5;

/** What the server says to a question; `undefined` says nothing at all. */
export type Reply = { readonly rcode: number; readonly answers?: Answer[] } | undefined;

/** A DNS server over UDP that answers each question by a rule. */
export async function serveDns(rule: (name: string, type: string) => Reply) {
  const socket = createSocket('udp4');
  socket.on('message', (message, sender) => {
    const { id = 0, questions = [] } = decode(message);
    const [question] = questions;
    const reply = question && rule(question.name, question.type);
    if (reply === undefined) return;
    const flags = AUTHORITATIVE_ANSWER | reply.rcode;
    socket.send(
      encode({ type: 'response', id, flags, questions, answers: reply.answers ?? [] }),
      sender.port,
      sender.address,
    );
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { server: `127.0.0.1:${socket.address().port}`, close: () => socket.close() };
}
