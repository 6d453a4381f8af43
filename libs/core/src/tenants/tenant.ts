import type { TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { SignInPolicy } from './sign-in-policy';

/** A customer organisation. */
export interface Tenant {
  readonly id: TenantId;
  /** Short name in addresses: lower-case letters, digits and inner hyphens. */
  readonly slug: string;
  readonly name: string;
  /** The ID under which the operator's own product knows this organisation. */
  readonly externalId?: string;
  /** Whether an identity with a matching e-mail in a verified domain is linked to its member without asking. */
  readonly associateByEmail: boolean;
  readonly policy: SignInPolicy;
  /** Whether the operator lets this tenant use single sign-on; what it configured outlives a time without (TEN-9). */
  readonly ssoEntitled: boolean;
  /** Its own public host, where it has one: `login.acme.example`, without scheme (TEN-8). */
  readonly host?: string;
  readonly suspendedAt?: Date;
  readonly createdAt: Date;
}

/** Whether single sign-on binds anybody of this tenant at all. */
export function isSsoInEffect({ policy, ssoEntitled }: Pick<Tenant, 'policy' | 'ssoEntitled'>): boolean {
  return ssoEntitled && policy.sso !== 'off';
}

export const slugPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Throws `validation_failed`. */
export function parseSlug(text: string): string {
  if (slugPattern.test(text) && !text.startsWith('ten-')) return text;
  throw new SsoError(
    'validation_failed',
    'A slug has 1 to 63 lower-case letters, digits and inner hyphens.',
    {
      want: 'for example "acme"',
      got: text.slice(0, 80),
    },
  );
}
