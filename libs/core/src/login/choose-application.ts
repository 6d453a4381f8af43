import type { Application } from '../applications/application';
import type { ConnectionSettings } from '../connections/connection';
import type { ApplicationId } from '../shared/ids';

/** An application that can be asked to begin a sign-in. */
export type Initiable = Application & { readonly initiateLoginUri: string };

/** Where a sign-in that began at the identity provider goes on. */
export type ApplicationChoice =
  | { readonly kind: 'one'; readonly application: Initiable }
  /** The person chooses. */
  | { readonly kind: 'several'; readonly applications: readonly Initiable[] }
  | { readonly kind: 'none' };

/** What the connection says comes before what RelayState names: the identity provider's word only chooses among several. */
export function chooseApplication(
  applications: readonly Application[],
  { idpInitiatedApplication: preferred }: Pick<ConnectionSettings, 'idpInitiatedApplication'>,
  named: ApplicationId | undefined,
): ApplicationChoice {
  const initiable = applications.filter(isInitiable);
  const [first, ...others] = initiable;
  if (!first) return { kind: 'none' };
  const byId = (id: string | undefined) => initiable.find((each) => each.id === id);
  const application = byId(preferred) ?? (others.length === 0 ? first : byId(named));
  return application ? { kind: 'one', application } : { kind: 'several', applications: initiable };
}

function isInitiable(application: Application): application is Initiable {
  return application.initiateLoginUri !== undefined;
}

/** OpenID Connect Core 4: asks the application to begin; `connection` is the hint that it hands on to us. */
export function initiateLoginUrl(
  { initiateLoginUri }: Initiable,
  asked: { readonly issuer: string; readonly connection: string },
): string {
  const url = new URL(initiateLoginUri);
  url.searchParams.set('iss', asked.issuer);
  url.searchParams.set('connection', asked.connection);
  return url.href;
}
