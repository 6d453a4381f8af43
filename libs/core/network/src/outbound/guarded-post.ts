import { OutboundPost } from '@gatehouse/core';
import { fetchFailure, timedOut } from './fetch-failure';
import { fetchTarget, type FetchTarget } from './fetch-target';
import { GuardedConnections, type OutboundOptions } from './guarded-client';

/** Posts to the public internet only; whatever is answered, but for its status, stays unread. */
export class GuardedPost extends OutboundPost {
  private readonly connections: GuardedConnections;

  constructor(options: OutboundOptions = {}) {
    super();
    this.connections = new GuardedConnections(options);
  }

  async post(url: string, form: Readonly<Record<string, string>>, timeoutMs: number): Promise<number> {
    const target = fetchTarget(url, this.connections.allowed);
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      return await this.send(target, form, timeoutMs, deadline);
    } catch (error) {
      const { host } = target.url;
      throw deadline.aborted ? timedOut(host, timeoutMs) : fetchFailure(error, host, timeoutMs);
    }
  }

  private async send(
    target: FetchTarget,
    form: Readonly<Record<string, string>>,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<number> {
    const client = this.connections.open(target, timeoutMs);
    try {
      const { statusCode, body } = await client.request({
        method: 'POST',
        path: `${target.url.pathname}${target.url.search}`,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          accept: '*/*',
          'user-agent': 'Gatehouse',
        },
        body: new URLSearchParams(form).toString(),
        signal,
      });
      // What comes behind the status may be endless: the connection goes with it.
      body.on('error', () => undefined).destroy();
      return statusCode;
    } finally {
      await client.destroy();
    }
  }
}
