// Ports on this machine: which are free, and telling the person when the usual one is not.
import { createSocket } from 'node:dgram';
import { createServer, connect } from 'node:net';

const given = new Set();

/**
 * The wanted port, or the next free one, said by name.
 * @param {string} name what the port is for
 * @param {number} wanted
 */
export async function choosePort(name, wanted) {
  let port = wanted;
  while (given.has(port) || !(await isFree(port))) port += 1;
  given.add(port);
  if (port !== wanted) console.log(`Port ${wanted} (${name}) is taken; using ${port}.`);
  return port;
}

/** A port that nobody listens on, picked by the system. */
export async function freePort() {
  const server = await listen(0, '127.0.0.1');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Somebody may listen on every address or on `localhost` as IPv6 only: a browser would meet them, so both are tried. */
async function isFree(port) {
  if (await answers(port, '127.0.0.1')) return false;
  if (await answers(port, '::1')) return false;
  if (!(await isFreeForDatagrams(port))) return false;
  try {
    const server = await listen(port, '127.0.0.1');
    await new Promise((resolve) => server.close(resolve));
    return true;
  } catch (error) {
    if (error.code === 'EADDRINUSE' || error.code === 'EACCES') return false;
    throw error;
  }
}

/** The demo's DNS server speaks UDP. */
function isFreeForDatagrams(port) {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => socket.close(() => resolve(true)));
  });
}

function answers(port, host) {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const finish = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.setTimeout(1000, () => finish(false));
  });
}

function listen(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}
