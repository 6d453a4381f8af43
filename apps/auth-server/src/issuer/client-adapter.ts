import { applicationId, type Applications, type Clock } from '@gatehouse/core';
import type { OidcPayload } from '@gatehouse/core-postgres';

/** One sign-in asks for its application five times; what is changed or removed meanwhile counts after this time. */
const keptForMs = 5_000;
const maxKept = 1_000;

interface Kept {
  readonly client: OidcPayload;
  readonly until: number;
}

/** The consuming applications, read as OpenID clients, which are administered elsewhere, and one client of our own. */
export class ClientAdapter {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly applications: Pick<Applications, 'find'>,
    private readonly clock: Clock,
    private readonly ours: OidcPayload,
  ) {}

  async find(id: string): Promise<OidcPayload | undefined> {
    if (id === this.ours['client_id']) return this.ours;
    if (!applicationId.is(id)) return undefined;
    const now = this.clock.now().getTime();
    const kept = this.kept.get(id);
    if (kept && kept.until > now) return kept.client;
    this.kept.delete(id);
    const found = await this.applications.find(id);
    return found && this.keep(id, describe(found), now);
  }

  private keep(id: string, client: OidcPayload, now: number): OidcPayload {
    if (this.kept.size >= maxKept) this.kept.clear();
    this.kept.set(id, { client, until: now + keptForMs });
    return client;
  }
}

type Found = NonNullable<Awaited<ReturnType<Applications['find']>>>;

function describe({ application, secret }: Found): OidcPayload {
  return {
    client_id: application.id,
    client_secret: secret,
    client_name: application.name,
    redirect_uris: application.redirectUris,
    post_logout_redirect_uris: application.postLogoutRedirectUris,
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token'],
    id_token_signed_response_alg: 'ES256',
  };
}
