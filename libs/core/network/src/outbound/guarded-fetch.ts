import { OutboundFetch, type FetchedDocument, type FetchLimits } from '@gatehouse/core';
import type { Client, Dispatcher } from 'undici';
import { fetchFailure, timedOut, unreachable } from './fetch-failure';
import { fetchTarget, type FetchTarget } from './fetch-target';
import { GuardedConnections, type OutboundOptions } from './guarded-client';
import { readBody, tooLarge } from './read-body';

const mostBytes = 1024 * 1024;
const longestMs = 5_000;
const mostRedirects = 2;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

interface Operation {
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly accept: string;
  readonly deadline: AbortSignal;
}

type Hop =
  | { readonly kind: 'document'; readonly document: FetchedDocument }
  | { readonly kind: 'redirect'; readonly location: string };

function begin(limits: FetchLimits): Operation {
  const timeoutMs = Math.min(limits.timeoutMs ?? longestMs, longestMs);
  const maxBytes = Math.min(limits.maxBytes ?? mostBytes, mostBytes);
  return { maxBytes, timeoutMs, accept: limits.accept ?? '*/*', deadline: AbortSignal.timeout(timeoutMs) };
}

function header(response: Dispatcher.ResponseData, name: string): string | undefined {
  const value = response.headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** Fetches from the public internet only: each address is checked as it is connected to, on every redirect (CRT-6). */
export class GuardedFetch extends OutboundFetch {
  private readonly connections: GuardedConnections;

  constructor(options: OutboundOptions = {}) {
    super();
    this.connections = new GuardedConnections(options);
  }

  async get(url: string, limits: FetchLimits = {}): Promise<FetchedDocument> {
    const operation = begin(limits);
    let target = fetchTarget(url, this.connections.allowed);
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const hop = await this.hop(target, operation);
      if (hop.kind === 'document') return hop.document;
      target = this.next(hop.location, target, limits);
    }
    throw unreachable('redirects', target.url.host);
  }

  private next(location: string, { url: from }: FetchTarget, { follows }: FetchLimits): FetchTarget {
    const next = fetchTarget(location, this.connections.allowed, from);
    if (follows?.(next.url) === false) throw unreachable('elsewhere', from.host, { got: next.url.origin });
    return next;
  }

  private async hop(target: FetchTarget, operation: Operation): Promise<Hop> {
    const client = this.connections.open(target, operation.timeoutMs);
    try {
      return await this.read(await this.request(client, target, operation), target, operation);
    } catch (error) {
      const { host } = target.url;
      throw operation.deadline.aborted
        ? timedOut(host, operation.timeoutMs)
        : fetchFailure(error, host, operation.timeoutMs);
    } finally {
      await client.destroy();
    }
  }

  private request(
    client: Client,
    target: FetchTarget,
    operation: Operation,
  ): Promise<Dispatcher.ResponseData> {
    return client.request({
      method: 'GET',
      path: `${target.url.pathname}${target.url.search}`,
      headers: { accept: operation.accept, 'accept-encoding': 'identity', 'user-agent': 'Gatehouse' },
      signal: operation.deadline,
    });
  }

  private async read(
    response: Dispatcher.ResponseData,
    target: FetchTarget,
    operation: Operation,
  ): Promise<Hop> {
    const { statusCode: status } = response;
    const location = header(response, 'location');
    if (redirectStatuses.has(status) && location !== undefined) return { kind: 'redirect', location };
    if (status < 200 || status > 299)
      throw unreachable('status', target.url.host, { status, got: `HTTP status ${status}` });
    if (Number(header(response, 'content-length')) > operation.maxBytes) throw tooLarge(operation.maxBytes);
    const body = await readBody(response.body, header(response, 'content-encoding'), operation.maxBytes);
    return {
      kind: 'document',
      document: { url: target.url.href, status, contentType: header(response, 'content-type'), body },
    };
  }
}
