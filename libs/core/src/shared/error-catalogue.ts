import type { ErrorCode } from './error-codes';

/** Who can mend it: the person signing in, the tenant's IT admin, the application's developer, or the operator. */
export type Mender = 'person' | 'it-admin' | 'developer' | 'operator';

/** What is said of a code to someone who only wanted to sign in. */
export interface CatalogueEntry {
  readonly mender: Mender;
  /** A key of the message catalogue: several codes share a text where the person can do the same about them. */
  readonly text: MessageKey;
  /** What to change in the identity provider's console, where it is one setting; presets say what they call it. */
  readonly field?: IdpSetting;
}

/** The settings at an identity provider that a refusal can come from. */
export type IdpSetting =
  | 'protocol'
  | 'entityId'
  | 'audience'
  | 'acsUrl'
  | 'startUrl'
  | 'certificate'
  | 'signing'
  | 'algorithm'
  | 'encryption'
  | 'nameId'
  | 'attributes'
  | 'assignment'
  | 'clock'
  | 'sessionLifetime'
  | 'reauthentication';

/** What a person is told; each page language has a text for every key. The precise reason goes to who can mend it. */
export type MessageKey =
  | 'startAgain'
  | 'idpAnswer'
  | 'idpStatus'
  | 'reauthenticate'
  | 'outsideDomains'
  | 'byInvitation'
  | 'notLinked'
  | 'suspended'
  | 'removed'
  | 'needsExemption'
  | 'invitationUnknown'
  | 'invitationOver'
  | 'openInvitation'
  | 'invitationElsewhere'
  | 'invitationNotYours'
  | 'signInFirst'
  | 'linkUnknown'
  | 'linkOver'
  | 'linkedOtherwise'
  | 'organisationSuspended'
  | 'testByAdmin'
  | 'noAccess'
  | 'signInLoop'
  | 'applicationLoop'
  | 'cookiesBlocked'
  | 'ssoClosed'
  | 'notReady'
  | 'ssoRequired'
  | 'ssoNotEntitled'
  | 'usePassword'
  | 'secondFactor'
  | 'passwordLength'
  | 'passwordCommon'
  | 'passwordPersonal'
  | 'passwordWrong'
  | 'resetInvalid'
  | 'proveAgain'
  | 'factorExists'
  | 'codeWrong'
  | 'passkeyInvalid'
  | 'otherBrowser'
  | 'signInAgain'
  | 'tooFast'
  | 'tryLater'
  | 'badRequest'
  | 'noPage'
  | 'ours';

const person = (text: MessageKey): CatalogueEntry => ({ mender: 'person', text });
const itAdmin = (text: MessageKey): CatalogueEntry => ({ mender: 'it-admin', text });
const atIdp = (field: IdpSetting, text: MessageKey = 'idpAnswer'): CatalogueEntry => ({
  mender: 'it-admin',
  text,
  field,
});
const developer: CatalogueEntry = { mender: 'developer', text: 'badRequest' };

/** One entry a code; the compiler keeps it complete. */
export const errorCatalogue: Readonly<Record<ErrorCode, CatalogueEntry>> = {
  id_malformed: developer,
  validation_failed: developer,
  body_too_large: developer,
  not_found: { mender: 'developer', text: 'noPage' },
  conflict: developer,
  rotation_too_early: { mender: 'operator', text: 'tryLater' },
  rate_limited: person('tooFast'),
  credential_missing: developer,
  credential_invalid: developer,
  credential_misplaced: developer,
  credential_ambiguous: developer,
  token_expired: developer,
  token_revoked: developer,
  operator_required: { mender: 'operator', text: 'badRequest' },
  browser_required: developer,
  cross_site_request: developer,
  scope_missing: developer,
  scope_not_grantable: developer,
  not_an_admin: itAdmin('badRequest'),
  tenant_suspended: { mender: 'operator', text: 'organisationSuspended' },
  member_suspended: itAdmin('suspended'),
  last_owner: itAdmin('badRequest'),
  role_not_grantable: itAdmin('badRequest'),
  member_removed: itAdmin('removed'),
  exemption_needed: itAdmin('needsExemption'),
  invitation_unknown: person('invitationUnknown'),
  invitation_used: person('invitationOver'),
  invitation_expired: person('invitationOver'),
  invitation_revoked: person('invitationOver'),
  invitation_unopened: person('openInvitation'),
  invitation_other_browser: person('invitationElsewhere'),
  invitation_other_person: person('invitationNotYours'),
  account_exists: person('signInFirst'),
  link_unknown: person('linkUnknown'),
  link_used: person('linkOver'),
  link_expired: person('linkOver'),
  link_revoked: person('linkOver'),
  link_other_user: person('linkedOtherwise'),
  sso_off: itAdmin('notReady'),
  sso_not_entitled: { mender: 'operator', text: 'ssoNotEntitled' },
  sso_not_for_member: person('usePassword'),
  sso_required: person('ssoRequired'),
  second_factor_required: person('secondFactor'),
  required_not_ready: itAdmin('badRequest'),
  preview_stale: itAdmin('badRequest'),
  sso_still_required: itAdmin('badRequest'),
  members_on_sso: itAdmin('badRequest'),
  sso_needs_connection: itAdmin('notReady'),
  owner_keeps_a_way_in: itAdmin('badRequest'),
  not_break_glass: itAdmin('noAccess'),
  domain_invalid: itAdmin('badRequest'),
  domain_public: itAdmin('badRequest'),
  domain_claimed: itAdmin('badRequest'),
  domain_proof_missing: itAdmin('badRequest'),
  domain_proof_different: itAdmin('badRequest'),
  domain_proof_several: itAdmin('badRequest'),
  domain_proof_elsewhere: itAdmin('badRequest'),
  domain_proof_alias: itAdmin('badRequest'),
  domain_page_elsewhere: itAdmin('badRequest'),
  domain_page_unavailable: itAdmin('tryLater'),
  domain_token_expired: itAdmin('badRequest'),
  domain_not_verified: itAdmin('notReady'),
  domain_removal_not_confirmed: itAdmin('badRequest'),
  dns_name_absent: itAdmin('badRequest'),
  dns_unavailable: { mender: 'operator', text: 'tryLater' },
  connection_incomplete: itAdmin('notReady'),
  connection_not_tested: itAdmin('notReady'),
  connection_disabled: itAdmin('notReady'),
  connection_in_use: itAdmin('badRequest'),
  version_not_pending: itAdmin('badRequest'),
  version_not_restorable: itAdmin('badRequest'),
  move_not_confirmed: itAdmin('badRequest'),
  move_not_open: itAdmin('badRequest'),
  connection_unknown: itAdmin('notReady'),
  protocol_disabled: { mender: 'operator', text: 'ssoClosed' },
  certificate_invalid: itAdmin('badRequest'),
  certificate_weak: itAdmin('badRequest'),
  certificate_last: itAdmin('badRequest'),
  certificate_in_use: itAdmin('badRequest'),
  certificate_not_taken: itAdmin('badRequest'),
  metadata_unreachable: itAdmin('badRequest'),
  metadata_not_xml: itAdmin('badRequest'),
  metadata_empty: itAdmin('badRequest'),
  metadata_is_html: itAdmin('badRequest'),
  metadata_is_json: itAdmin('badRequest'),
  metadata_is_certificate: itAdmin('badRequest'),
  metadata_is_message: itAdmin('badRequest'),
  metadata_is_service_provider: itAdmin('badRequest'),
  metadata_is_ws_federation: itAdmin('badRequest'),
  metadata_is_tenant_wide: itAdmin('badRequest'),
  metadata_several_idps: itAdmin('badRequest'),
  metadata_no_idp_role: itAdmin('badRequest'),
  metadata_expired: itAdmin('badRequest'),
  metadata_incomplete: itAdmin('badRequest'),
  metadata_other_issuer: itAdmin('badRequest'),
  metadata_addresses_changed: itAdmin('badRequest'),
  address_not_allowed: itAdmin('badRequest'),
  response_too_large: itAdmin('badRequest'),
  network_timeout: itAdmin('tryLater'),
  saml_too_large: atIdp('attributes'),
  saml_encoding_invalid: itAdmin('idpAnswer'),
  saml_xml_invalid: itAdmin('idpAnswer'),
  saml_dtd_forbidden: itAdmin('idpAnswer'),
  saml_structure_invalid: itAdmin('idpAnswer'),
  saml_assertion_missing: atIdp('assignment'),
  saml_multiple_assertions: itAdmin('idpAnswer'),
  saml_encrypted_unsupported: atIdp('encryption'),
  saml_encryption_required: atIdp('encryption'),
  saml_decryption_failed: atIdp('encryption'),
  saml_signature_missing: atIdp('signing'),
  saml_signature_invalid: atIdp('certificate'),
  saml_algorithm_weak: atIdp('algorithm'),
  saml_certificate_expired: atIdp('certificate'),
  saml_reference_invalid: itAdmin('idpAnswer'),
  saml_version_unsupported: atIdp('protocol'),
  saml_status_failed: atIdp('assignment', 'idpStatus'),
  saml_issuer_mismatch: atIdp('entityId'),
  saml_audience_mismatch: atIdp('audience'),
  saml_destination_mismatch: atIdp('acsUrl'),
  saml_recipient_mismatch: atIdp('acsUrl'),
  saml_confirmation_missing: itAdmin('idpAnswer'),
  saml_condition_unknown: itAdmin('idpAnswer'),
  saml_date_invalid: itAdmin('idpAnswer'),
  saml_not_yet_valid: atIdp('clock'),
  saml_expired: { ...person('startAgain'), field: 'clock' },
  saml_in_response_to_unknown: person('startAgain'),
  saml_unsolicited_disabled: { ...person('startAgain'), field: 'startUrl' },
  saml_authn_statement_missing: itAdmin('idpAnswer'),
  saml_authentication_stale: atIdp('reauthentication', 'reauthenticate'),
  saml_session_expired: { ...person('startAgain'), field: 'sessionLifetime' },
  saml_nameid_missing: atIdp('nameId'),
  saml_nameid_transient: atIdp('nameId'),
  saml_nameid_invalid: atIdp('nameId'),
  saml_email_missing: atIdp('attributes'),
  saml_email_ambiguous: atIdp('attributes'),
  saml_replay: person('startAgain'),
  discovery_unavailable: { mender: 'operator', text: 'tryLater' },
  flow_unknown: person('startAgain'),
  flow_expired: person('startAgain'),
  flow_other_browser: person('otherBrowser'),
  cookies_blocked: person('cookiesBlocked'),
  sign_in_loop: itAdmin('signInLoop'),
  application_loop: { mender: 'developer', text: 'applicationLoop' },
  email_domain_not_verified: itAdmin('outsideDomains'),
  jit_disabled: itAdmin('byInvitation'),
  link_required: itAdmin('notLinked'),
  test_person_not_admin: itAdmin('testByAdmin'),
  test_outdated: itAdmin('startAgain'),
  password_unavailable: person('noAccess'),
  session_ended: person('signInAgain'),
  password_length: person('passwordLength'),
  password_common: person('passwordCommon'),
  password_personal: person('passwordPersonal'),
  password_wrong: person('passwordWrong'),
  reset_invalid: person('resetInvalid'),
  proof_stale: person('proveAgain'),
  second_factor_exists: person('factorExists'),
  code_wrong: person('codeWrong'),
  passkey_invalid: person('passkeyInvalid'),
  internal: { mender: 'operator', text: 'ours' },
};

/** Whether this version knows the code, which may come from the database. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}
