import { createHash } from 'node:crypto';
import type { SignInPolicy } from '../tenants/sign-in-policy';
import type { Tenant } from '../tenants/tenant';
import type { Census } from './census';

/** Names a preview by all that its list depends on: the policy, the draft of it, and every member (ENF-3). */
export function previewFingerprint(
  { policy, ssoEntitled }: Pick<Tenant, 'policy' | 'ssoEntitled'>,
  draft: SignInPolicy,
  { fingerprint }: Pick<Census, 'fingerprint'>,
): string {
  const parts = [ssoEntitled, rulesOf(policy), rulesOf(draft), fingerprint];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

// A dry run changes nothing about who comes in.
function rulesOf({
  sso,
  ssoWhenEnabled,
  breakGlass,
  newMembersOnSso,
  secondFactor,
}: SignInPolicy): unknown[] {
  return [sso, ssoWhenEnabled, breakGlass, newMembersOnSso, secondFactor];
}
