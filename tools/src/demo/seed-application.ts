import { z } from 'zod';
import type { SeedSettings } from './config';
import type { ManagementApi } from './management-api';
import { listOf } from './seed-acme';

const NAME = 'Demo application';
const listed = z.object({
  name: z.string(),
  clientId: z.string(),
  redirectUris: z.array(z.string()),
  initiateLoginUri: z.string().optional(),
  backchannelLogoutUri: z.string().optional(),
});
const created = z.object({ clientId: z.string(), clientSecret: z.string() });

export interface ClientCredentials {
  readonly clientId: string;
  /** Only known when it was made or chosen in this run: the server keeps a hash. */
  readonly clientSecret: string | null;
}

/** The demo application as a client of the issuer; reused when it is registered already under this address. */
export async function seedApplication(
  api: ManagementApi,
  settings: Pick<SeedSettings, 'APP_URL' | 'DEMO_CLIENT_SECRET'>,
): Promise<ClientCredentials> {
  const applications = await api.get('/applications', listOf(listed));
  const { APP_URL, DEMO_CLIENT_SECRET } = settings;
  const callback = `${APP_URL}/auth/callback`;
  const known = applications.find(
    ({ name, redirectUris }) => name === NAME && redirectUris.includes(callback),
  );
  const addresses = {
    initiateLoginUri: `${APP_URL}/auth/initiate`,
    // So that a session that is ended here ends there within seconds.
    backchannelLogoutUri: `${APP_URL}/auth/backchannel-logout`,
  };
  if (known) {
    if (!knowsAddresses(known, addresses))
      await api.patch(`/applications/${known.clientId}`, addresses, z.unknown());
    return { clientId: known.clientId, clientSecret: DEMO_CLIENT_SECRET ?? null };
  }
  const application = {
    name: NAME,
    redirectUris: [callback],
    postLogoutRedirectUris: [`${APP_URL}/`],
    ...addresses,
    ...(DEMO_CLIENT_SECRET === undefined ? {} : { clientSecret: DEMO_CLIENT_SECRET }),
  };
  return api.post('/applications', application, created);
}

type Addresses = Pick<z.infer<typeof listed>, 'initiateLoginUri' | 'backchannelLogoutUri'>;

function knowsAddresses(known: Addresses, wanted: Addresses): boolean {
  return (
    known.initiateLoginUri === wanted.initiateLoginUri &&
    known.backchannelLogoutUri === wanted.backchannelLogoutUri
  );
}
