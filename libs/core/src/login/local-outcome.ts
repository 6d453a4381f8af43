import type { Proven } from '../credentials/fresh-proof';
import type { SecondFactor } from '../credentials/second-factors';
import type { Session } from '../sessions/session';
import type { ErrorCode } from '../shared/error-codes';
import type { Tenant } from '../tenants/tenant';

/** `drill`: the person shows that the way in for emergencies works, a second factor included, whatever the policy asks. */
export const localPurposes = ['sign-in', 'drill'] as const;
export type LocalPurpose = (typeof localPurposes)[number];

/** Where a sign-in by what we keep ourselves stands after a step. */
export type LocalOutcome =
  | {
      readonly kind: 'signed-in';
      readonly session: Session;
      readonly purpose: LocalPurpose;
      readonly interactionId?: string;
      /** The next value of the device cookie: this browser has signed this account in. */
      readonly device: string;
    }
  /** Nobody is signed in by it (ENF-12). */
  | { readonly kind: 'drill-passed'; readonly tenant: Tenant; readonly proven: Proven }
  /** One of these is asked for next; nothing was said yet of any organisation. */
  | { readonly kind: 'second-factor'; readonly enrolled: readonly SecondFactor[] }
  /** Nobody comes in here without a second factor and the person has none: one is set up now (`startEnrolment`). */
  | { readonly kind: 'enrol-second-factor' }
  | { readonly kind: 'choose-tenant'; readonly tenants: readonly Tenant[] }
  /** The policy of this tenant refuses what was proven (LOG-8). */
  | { readonly kind: 'sso-required'; readonly tenant: Tenant; readonly code: ErrorCode }
  /** The same for an unknown account, an account without a password, and each wrong code or passkey. */
  | { readonly kind: 'wrong' }
  /** Not tried at all; whole seconds until a try is looked at. */
  | { readonly kind: 'slow-down'; readonly seconds: number }
  /** What was proven is right, and opens no organisation. */
  | { readonly kind: 'no-access'; readonly code?: ErrorCode }
  /** No sign-in is under way in this browser: begun too long ago, finished, or tried five times in vain. Start again. */
  | { readonly kind: 'expired' };
