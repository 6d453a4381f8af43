import { interactionPolicy, type OidcContext } from 'oidc-provider';
import { accountOf } from './live-account';

const { base, Check } = interactionPolicy;

/** Sign-in only: our own applications need no consent. */
export function createLoginPolicy(): interactionPolicy.Prompts {
  const policy = base();
  policy.remove('consent');
  const ours = [
    new Check('session_ended', 'the session has ended', 'login_required', (context) => !accountOf(context)),
    new Check('other_tenant', 'the session is of another tenant', 'login_required', isOfAnotherTenant),
  ];
  policy.get('login')?.checks.push(...ours);
  return policy;
}

/** A session says nothing about any other tenant (SES-2). */
function isOfAnotherTenant(context: OidcContext): boolean {
  const hint = context.oidc.params['tenant'];
  const tenant = accountOf(context)?.view.tenant;
  return hint !== undefined && tenant !== undefined && hint !== tenant.id && hint !== tenant.slug;
}
