// The DNS of `npm run bench:domains`, in a process of its own: it knows every domain, and fails one lookup in ten.
import { createSocket } from 'node:dgram';
import { createHash } from 'node:crypto';
import { decode, encode } from 'dns-packet';

const serverFailure = 2;
const nameError = 3;
const challenge = /^_gatehouse-challenge\.(d(\d+)\.bench\.example)$/i;
const faultsInAHundred = 10;
/** One domain in a thousand has lost its record. */
const lostOneIn = 1000;

// The repeated question of one lookup meets the same fault; the lookup after the pause may not.
function isFaulty(name) {
  const moment = Math.floor(Date.now() / 100);
  return createHash('md5').update(`${name} ${moment}`).digest().readUInt16BE(0) % 100 < faultsInAHundred;
}

function answer(name) {
  if (isFaulty(name)) return { flags: serverFailure };
  const [, , number] = challenge.exec(name) ?? [];
  if (number === undefined || Number(number) % lostOneIn === 0) return { flags: nameError };
  return { flags: 0, answers: [{ type: 'TXT', name, ttl: 60, data: [`gatehouse-verify=token-${number}`] }] };
}

const socket = createSocket('udp4');
socket.on('message', (message, { port, address }) => {
  const { id, questions = [] } = decode(message);
  const { flags, answers = [] } = answer(questions[0]?.name ?? '');
  socket.send(encode({ type: 'response', id, flags, questions, answers }), port, address);
});
socket.bind(0, '127.0.0.1', () => process.send?.(socket.address().port));
process.on('disconnect', () => socket.close());
