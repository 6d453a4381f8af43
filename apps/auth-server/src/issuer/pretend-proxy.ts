import type { IncomingMessage } from 'node:http';

/** Makes oidc-provider build every address from the public URL, whatever Host or forwarding headers came in. */
export function pretendProxy(request: IncomingMessage, publicUrl: string): void {
  const { protocol, host } = new URL(publicUrl);
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
  request.headers['x-forwarded-host'] = host;
  request.headers.host = host;
}
