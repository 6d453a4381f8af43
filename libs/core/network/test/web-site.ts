import type { RequestListener } from 'node:http';
import { GuardedFetch } from '../src/outbound/guarded-fetch';
import type { OutboundOptions } from '../src/outbound/guarded-client';
import { serveHttp, serveHttps, type Validity } from './web-server';

/** Closes what a test opened; run after each test. */
export const closers: (() => void)[] = [];
export const closeAll = () => closers.splice(0).forEach((close) => close());

/** A resolver for which every name is this machine. */
export const toThisMachine = async () => [{ address: '127.0.0.1', family: 4 }];

export async function aSite(listener: RequestListener) {
  const { port, close } = await serveHttp(listener);
  closers.push(close);
  return { port, url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}` };
}

export async function aTlsSite(name: string, listener: RequestListener, validity?: Validity) {
  const { port, close, certificate } = await serveHttps(name, listener, validity);
  closers.push(close);
  return { url: `https://${name}:${port}`, host: `${name}:${port}`, certificate };
}

/** A fetch that allows one private host. */
export function allowing(host: string, more: OutboundOptions = {}) {
  return new GuardedFetch({ allowedPrivateHosts: [host], resolve: toThisMachine, ...more });
}

export const text = (body: Uint8Array) => Buffer.from(body).toString();
