import type { Response } from 'express';
import { pagePolicy } from '../web/page-layout';

/** Sends a page that may run this one script and nothing else. */
export function html(response: Response, content: string, script?: string): void {
  response.set({ 'content-security-policy': pagePolicy(script), 'cache-control': 'no-store' });
  response.type('html').send(content);
}
