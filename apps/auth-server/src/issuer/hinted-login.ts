import {
  connectionId,
  emailDomain,
  isSsoInEffect,
  parseEmail,
  SsoError,
  type Connection,
  type ConnectionStore,
  type Discovery,
  type Tenant,
  type TenantId,
  type Tenants,
} from '@gatehouse/core';

/** What an application said about who should sign in; none of it is trusted. */
export interface LoginHints {
  readonly email?: string;
  readonly tenant?: string;
  readonly tenantExternalId?: string;
  readonly connection?: string;
  readonly domain?: string;
}

/** Where all hints of a request lead. */
export type HintedLogin =
  | { readonly kind: 'tenant'; readonly tenantId: TenantId; readonly connection?: Connection }
  /** `degraded`: discovery could not tell. `asked`: the address of which it was asked. */
  | { readonly kind: 'nowhere'; readonly degraded: boolean; readonly asked?: string };

const nowhere: HintedLogin = { kind: 'nowhere', degraded: false };

/** Reads the hints alike for the login page and for the question whether a session will do (APP-2, SES-2). */
export class HintedLogins {
  constructor(
    private readonly tenants: Tenants,
    private readonly connections: ConnectionStore,
    private readonly discovery: Discovery,
  ) {}

  /**
   * Throws `validation_failed` where hints contradict one another. The e-mail counts only where nothing else is named:
   * it says who, and a guest's domain may well belong to another tenant.
   */
  async find({ email, ...hints }: LoginHints): Promise<HintedLogin> {
    if (Object.keys(hints).length > 0) return join(await Promise.all(this.lookUps(hints)));
    const address = readAddress(email ?? '');
    if (address === undefined) return nowhere;
    const found = await this.byAddress(address);
    return found.kind === 'nowhere' ? { ...found, asked: address } : found;
  }

  private *lookUps({
    connection,
    tenant,
    tenantExternalId,
    domain,
  }: LoginHints): Generator<Promise<HintedLogin>> {
    if (connection !== undefined) yield this.byConnection(connection);
    if (tenant !== undefined) yield this.byTenant(this.tenants.get(tenant));
    if (tenantExternalId !== undefined) yield this.byTenant(this.tenants.getByExternalId(tenantExternalId));
    if (domain !== undefined) yield this.byAddress(`@${domain}`);
  }

  private async byConnection(id: string): Promise<HintedLogin> {
    const connection = await this.connections.findAnywhere(connectionId.parse(id));
    if (connection) return this.byTenantOf(connection);
    throw new SsoError('connection_disabled', 'The application named a connection that does not exist.', {
      got: id,
    });
  }

  /** Where single sign-on is not in effect the connection is there and leads nowhere: only its tenant counts (TEN-9). */
  private async byTenantOf(connection: Connection): Promise<HintedLogin> {
    const tenant = await this.tenants.get(connection.tenantId);
    return { kind: 'tenant', tenantId: tenant.id, ...(isSsoInEffect(tenant) && { connection }) };
  }

  private async byTenant(tenant: Promise<Tenant>): Promise<HintedLogin> {
    return { kind: 'tenant', tenantId: (await tenant).id };
  }

  private async byAddress(address: string): Promise<HintedLogin> {
    if (emailDomain(address) === '') return nowhere;
    const outcome = await this.discovery.byEmail(address);
    if (outcome.kind === 'password') return { kind: 'nowhere', degraded: outcome.degraded };
    const { connection } = outcome;
    return { kind: 'tenant', tenantId: connection.tenantId, connection };
  }
}

/** The connection that was named first is the one to use. */
function join(found: readonly HintedLogin[]): HintedLogin {
  const named = found.filter((each) => each.kind === 'tenant');
  const [first] = named;
  if (!first)
    return { kind: 'nowhere', degraded: found.some((each) => each.kind === 'nowhere' && each.degraded) };
  if (named.every(({ tenantId }) => tenantId === first.tenantId))
    return named.find(({ connection }) => connection) ?? first;
  throw new SsoError('validation_failed', 'The application named two organisations at once; name one.', {
    want: 'tenant, connection and domain of one organisation',
  });
}

function readAddress(typed: string): string | undefined {
  try {
    return parseEmail(typed);
  } catch {
    return undefined;
  }
}

/** Which page of the organisation that is named, instead of its identity provider at once (LOG-4). */
export type TenantPageWanted = 'all-ways' | 'owner-access';

/** `way=choose`: all ways in; `way=owner`: the one that is kept for emergencies. */
export function tenantPageWanted({ way }: Readonly<Record<string, unknown>>): TenantPageWanted | undefined {
  if (way === 'owner') return 'owner-access';
  return way === 'choose' ? 'all-ways' : undefined;
}

/** `prompt=login` with `way=password`: our own pages ask for the credentials once more, before something is changed. */
export function wantsProof({ way, prompt }: Readonly<Record<string, unknown>>): boolean {
  return way === 'password' && prompt === 'login';
}

/** The hints among the parameters of an authorization request. */
export function readHints(params: Readonly<Record<string, unknown>>): LoginHints {
  const { login_hint: email, tenant, tenant_external_id: tenantExternalId, connection, domain } = params;
  return {
    ...(typeof email === 'string' ? { email } : {}),
    ...(typeof tenant === 'string' ? { tenant } : {}),
    ...(typeof tenantExternalId === 'string' ? { tenantExternalId } : {}),
    ...(typeof connection === 'string' ? { connection } : {}),
    ...(typeof domain === 'string' ? { domain } : {}),
  };
}
