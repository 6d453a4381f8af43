import type { SsoConfig } from '../config.ts';
import { toBase64Url } from '../encoding.ts';
import { isObject, numberIn, textIn } from '../json.ts';
import type { SealedBox } from '../session/sealed-box.ts';
import { SsoError } from '../sso-error.ts';

/** How long a person may take at the identity provider. */
export const flowSeconds = 1800;

/** What a started sign-in must remember until the answer comes; kept sealed in the browser. */
export interface Flow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectUri: string;
  readonly expiresAt: number;
  readonly tenant?: string | undefined;
  readonly returnTo?: string | undefined;
}

export function newFlow(
  config: SsoConfig,
  asked: { redirectUri: string; tenant?: string | undefined; returnTo?: string | undefined },
): Flow {
  const chance = () => toBase64Url(config.randomBytes(32));
  return {
    state: chance(),
    nonce: chance(),
    verifier: chance(),
    expiresAt: config.now().getTime() / 1000 + flowSeconds,
    redirectUri: asked.redirectUri,
    tenant: asked.tenant,
    returnTo: asked.returnTo,
  };
}

/** The flow in the browser's cookie; refuses one that is missing, altered or over. */
export async function openFlow(config: SsoConfig, box: SealedBox, sealed: string | undefined): Promise<Flow> {
  const flow = sealed === undefined ? undefined : parseFlow(await box.open('flow', sealed));
  if (flow === undefined) throw mismatch('This browser has not started this sign-in.');
  if (flow.expiresAt > config.now().getTime() / 1000) return flow;
  throw new SsoError('state_expired', 'The sign-in took too long.', { hint: 'Start it again.' });
}

function parseFlow(value: unknown): Flow | undefined {
  if (!isObject(value)) return undefined;
  const [state, nonce, verifier, redirectUri] = ['state', 'nonce', 'verifier', 'redirectUri'].map((name) =>
    textIn(value, name),
  );
  const expiresAt = numberIn(value, 'expiresAt');
  if (!state || !nonce || !verifier || !redirectUri || expiresAt === undefined) return undefined;
  const tenant = textIn(value, 'tenant');
  return { state, nonce, verifier, redirectUri, expiresAt, tenant, returnTo: textIn(value, 'returnTo') };
}

export function mismatch(message: string): SsoError {
  return new SsoError('state_mismatch', message, {
    hint: 'Start the sign-in again, in one browser, with cookies allowed.',
  });
}
