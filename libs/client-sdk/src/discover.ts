import type { SsoConfig } from './config.ts';
import { isObject, textIn } from './json.ts';
import { isSsoError } from './sso-error.ts';
import type { CallOptions, Transport } from './transport.ts';

/** How a person with this e-mail address signs in. */
export type Discovery =
  | { readonly kind: 'sso'; readonly connectionLabel?: string | undefined }
  | { readonly kind: 'password'; readonly degraded?: false }
  | { readonly kind: 'password'; readonly degraded: true; readonly reason: string };

/** Never throws: a login page must be able to show the password field whatever happens. */
export async function discover(
  config: SsoConfig,
  transport: Transport,
  email: string,
  options: CallOptions = {},
): Promise<Discovery> {
  try {
    const request = {
      url: `${config.url}/api/v1/discover`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email }),
    } as const;
    return parse(await transport.json(request, { timeoutMs: 1500, retries: 0, ...options }));
  } catch (error) {
    return degraded(isSsoError(error) ? error.code : 'discovery_unavailable');
  }
}

function parse(answer: unknown): Discovery {
  if (!isObject(answer)) return degraded('discovery_unavailable');
  if (answer['kind'] === 'sso') return { kind: 'sso', connectionLabel: textIn(answer, 'connectionLabel') };
  if (answer['kind'] === 'password') return { kind: 'password' };
  return degraded('discovery_unavailable');
}

function degraded(reason: string): Discovery {
  return { kind: 'password', degraded: true, reason };
}
