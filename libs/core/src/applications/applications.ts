import type { DeploymentHappening, DeploymentHappeningType } from '../audit/deployment-happening';
import type { Actor } from '../audit/happening';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { applicationId, type ApplicationId } from '../shared/ids';
import type { KeyRing } from '../shared/key-ring';
import { SsoError } from '../shared/sso-error';
import { createToken } from '../shared/token';
import type { Application } from './application';
import type { ApplicationStore } from './application-store';

export interface NewApplication {
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly initiateLoginUri?: string | undefined;
  readonly backchannelLogoutUri?: string | undefined;
  /** Chosen by the operator, for set-ups that are repeated; made here where absent. */
  readonly secret?: string | undefined;
}

/** What can be changed of an application; null takes an address away, and what is left out stays. */
export interface ApplicationChange {
  readonly initiateLoginUri?: string | null | undefined;
  readonly backchannelLogoutUri?: string | null | undefined;
}

/** The services that sign their users in here. */
export class Applications {
  constructor(
    private readonly store: ApplicationStore,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** The secret is shown this once. Throws `validation_failed` for addresses that are not exact and safe. */
  async create(wanted: NewApplication, actor: Actor): Promise<{ application: Application; secret: string }> {
    const {
      secret = createToken(this.chance),
      initiateLoginUri,
      backchannelLogoutUri,
      ...described
    } = wanted;
    [...wanted.redirectUris, ...wanted.postLogoutRedirectUris].forEach(refuseUnsafeRedirect);
    const createdAt = this.clock.now();
    const id = applicationId.create(createdAt, this.chance);
    const sealedSecret = this.keyRing.seal(secret, id);
    const blank = { id, ...described, sealedSecret, createdAt };
    const application = withAddresses(blank, { initiateLoginUri, backchannelLogoutUri });
    const data = { after: describe(application) };
    await this.store.add(application, happening('application.created', id, createdAt, actor, data));
    return { application, secret };
  }

  /** Throws `not_found` or `validation_failed`. */
  async change(id: ApplicationId, wanted: ApplicationChange, actor: Actor): Promise<Application> {
    const known = await this.store.find(id);
    if (!known) throw absent(id);
    const application = withAddresses(known, wanted);
    const data = { before: describe(known), after: describe(application) };
    const because = happening('application.changed', id, this.clock.now(), actor, data);
    if ((await this.store.save(application, because)) === 'absent') throw absent(id);
    return application;
  }

  async find(id: ApplicationId): Promise<{ application: Application; secret: string } | undefined> {
    const application = await this.store.find(id);
    return application && { application, secret: this.keyRing.open(application.sealedSecret, id) };
  }

  list(): Promise<Application[]> {
    return this.store.list();
  }
}

/** Throws `validation_failed` for an address that is not exact and safe. */
function withAddresses(
  { initiateLoginUri: initiate, backchannelLogoutUri: backchannel, ...application }: Application,
  { initiateLoginUri = initiate, backchannelLogoutUri = backchannel }: ApplicationChange,
): Application {
  for (const uri of [initiateLoginUri, backchannelLogoutUri])
    if (typeof uri === 'string') refuseUnsafeRedirect(uri);
  return {
    ...application,
    ...(typeof initiateLoginUri === 'string' && { initiateLoginUri }),
    ...(typeof backchannelLogoutUri === 'string' && { backchannelLogoutUri }),
  };
}

/** What the audit log keeps of an application; its secret is left out. */
function describe(application: Application) {
  const { name, redirectUris, postLogoutRedirectUris, initiateLoginUri, backchannelLogoutUri } = application;
  return { name, redirectUris, postLogoutRedirectUris, initiateLoginUri, backchannelLogoutUri };
}

function happening(
  type: DeploymentHappeningType,
  subject: ApplicationId,
  at: Date,
  actor: Actor,
  data: Readonly<Record<string, unknown>>,
): DeploymentHappening {
  return { type, at, actor, subject, data };
}

function absent(id: ApplicationId): SsoError {
  return new SsoError('not_found', 'There is no such application.', { got: id });
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** RFC 9700 2.1: exact addresses; https, or http on this machine for development; no fragment. */
function refuseUnsafeRedirect(uri: string): void {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname));
  if (url && safe && !uri.includes('#') && !uri.includes('*') && url.username === '' && url.password === '')
    return;
  throw new SsoError(
    'validation_failed',
    'An address of an application is a full https address without wildcard or fragment.',
    {
      want: 'https://app.example.com/auth/callback',
      got: uri.slice(0, 200),
    },
  );
}
