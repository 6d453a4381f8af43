import { SsoError } from '@gatehouse/core';

/** Entra ID's hosts: worldwide, US government, and China's by its earlier and its present name. */
const entraHosts = new Set([
  'login.microsoftonline.com',
  'login.windows.net',
  'sts.windows.net',
  'login.microsoftonline.us',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
]);

/**
 * Refuses an address that leads to metadata of another application than the tenant's own. Entra ID's document without
 * an `appid` names the tenant's shared keys, while each enterprise application signs with keys of its own: it would
 * import well, and every sign-in would fail.
 */
export function checkMetadataAddress(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !entraHosts.has(url.hostname) || !/\/federationmetadata\//i.test(url.pathname)) return;
  const names = [...url.searchParams].filter(([, value]) => value !== '').map(([name]) => name.toLowerCase());
  if (names.includes('appid')) return;
  const message =
    'This address of Entra ID is for the whole directory, not for one application, and names other keys: copy the App Federation Metadata Url of your enterprise application, which ends in ?appid=….';
  throw new SsoError('metadata_is_tenant_wide', message, { want: 'an address with appid', got: address });
}
