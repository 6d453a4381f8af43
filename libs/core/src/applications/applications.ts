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
  /** Chosen by the operator, for set-ups that are repeated; made here where absent. */
  readonly secret?: string | undefined;
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
  async create(wanted: NewApplication): Promise<{ application: Application; secret: string }> {
    [...wanted.redirectUris, ...wanted.postLogoutRedirectUris].forEach(refuseUnsafeRedirect);
    const createdAt = this.clock.now();
    const id = applicationId.create(createdAt, this.chance);
    const { secret = createToken(this.chance), ...described } = wanted;
    const application = { id, ...described, sealedSecret: this.keyRing.seal(secret, id), createdAt };
    await this.store.add(application);
    return { application, secret };
  }

  async find(id: ApplicationId): Promise<{ application: Application; secret: string } | undefined> {
    const application = await this.store.find(id);
    return application && { application, secret: this.keyRing.open(application.sealedSecret, id) };
  }

  list(): Promise<Application[]> {
    return this.store.list();
  }
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
    'A redirect address is a full https address without wildcard or fragment.',
    {
      want: 'https://app.example.com/auth/callback',
      got: uri.slice(0, 200),
    },
  );
}
