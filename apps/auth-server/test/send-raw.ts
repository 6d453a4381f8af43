import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { asRecord } from './gatehouse';

/** Sends a GET as no HTTP library would: headers twice, and any Host. */
export async function sendRaw(
  url: string,
  path: string,
  headers: readonly string[],
  host = new URL(url).host,
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  const lines = headers.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${headers[index + 1]}`] : []));
  socket.write([`GET ${path} HTTP/1.1`, `Host: ${host}`, ...lines, 'Connection: close', '', ''].join('\r\n'));
  const [head = '', ...rest] = (await text(socket)).split('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
  return { status, body: asRecord(JSON.parse(unchunked(head, rest.join('\r\n\r\n')))) };
}

function unchunked(head: string, body: string): string {
  if (!/^transfer-encoding: chunked/im.test(head)) return body;
  return body.replaceAll(/(?:^|\r\n)[0-9a-f]+\r\n/gi, '');
}
