export { type GuardOptions, readSession, requireSession, requireTenantSso } from './express/guards.ts';
export type { Next, SsoHandler, SsoRequest, SsoResponse } from './express/http.ts';
export { ssoRouter, type SsoRouterOptions } from './express/router.ts';
