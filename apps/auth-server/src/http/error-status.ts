import type { ErrorCode } from '@gatehouse/core';

/** The HTTP status of a refusal where it is not 400 or, for `saml_*`, 403. */
const statuses: Partial<Record<ErrorCode, number>> = {
  body_too_large: 413,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  credential_missing: 401,
  credential_invalid: 401,
  tenant_suspended: 403,
  member_suspended: 403,
  last_owner: 409,
  domain_claimed: 409,
  domain_invalid: 422,
  domain_public: 422,
  domain_proof_missing: 422,
  domain_proof_different: 422,
  domain_token_expired: 422,
  dns_name_absent: 422,
  dns_unavailable: 503,
  connection_incomplete: 409,
  connection_not_tested: 409,
  connection_disabled: 403,
  certificate_invalid: 422,
  metadata_unreachable: 422,
  metadata_not_xml: 422,
  metadata_is_html: 422,
  metadata_no_idp_role: 422,
  metadata_incomplete: 422,
  address_not_allowed: 422,
  response_too_large: 422,
  network_timeout: 422,
  saml_too_large: 413,
  discovery_unavailable: 503,
  flow_other_browser: 403,
  email_domain_not_verified: 403,
  jit_disabled: 403,
  link_required: 403,
  test_person_not_admin: 403,
  password_unavailable: 403,
  session_ended: 401,
  internal: 500,
};

export function errorStatus(code: ErrorCode): number {
  return statuses[code] ?? (code.startsWith('saml_') ? 403 : 400);
}
