import type { ErrorCode } from './error-codes';

/** Who can mend it: the person signing in, the tenant's IT admin, the application's developer, or the operator. */
export type Mender = 'person' | 'it-admin' | 'developer' | 'operator';

/** What is said of a code to someone who only wanted to sign in. */
export interface CatalogueEntry {
  readonly mender: Mender;
  /** A key of the message catalogue: several codes share a text where the person can do the same about them. */
  readonly text: MessageKey;
}

/** What a person is told; the precise reason goes to who can mend it. */
export const messages = {
  startAgain: 'That sign-in took too long or was answered already. Please start again.',
  idpAnswer:
    "Your company's sign-in service sent an answer that we could not accept. Please send the reference below to your IT team.",
  idpStatus:
    "Your company's sign-in service did not sign you in. Please try again, or ask your IT team for access.",
  noAccess: 'You do not have access. Please ask the IT team of your organisation to let you in.',
  ssoClosed:
    'Single sign-on is switched off on this service for now. Please try again later, or sign in another way.',
  notReady: 'Single sign-on of your organisation is not ready. Please ask its IT team.',
  otherBrowser: 'This sign-in was begun in another browser. Please start again in this one.',
  signInAgain: 'You are signed out. Please sign in again.',
  tooFast: 'Too many attempts. Please wait a minute and try again.',
  tryLater: 'Something did not answer in time. Please try again in a few minutes.',
  badRequest: 'This request was not understood. Please go back and try again.',
  ours: 'Something went wrong on our side. Please try again; if it stays, send the reference below to your IT team.',
} as const;

export type MessageKey = keyof typeof messages;

const person = (text: MessageKey): CatalogueEntry => ({ mender: 'person', text });
const itAdmin = (text: MessageKey): CatalogueEntry => ({ mender: 'it-admin', text });
const developer: CatalogueEntry = { mender: 'developer', text: 'badRequest' };

/** One entry a code; the compiler keeps it complete. */
export const errorCatalogue: Readonly<Record<ErrorCode, CatalogueEntry>> = {
  id_malformed: developer,
  validation_failed: developer,
  body_too_large: developer,
  not_found: developer,
  conflict: developer,
  rate_limited: person('tooFast'),
  credential_missing: developer,
  credential_invalid: developer,
  tenant_suspended: { mender: 'operator', text: 'noAccess' },
  member_suspended: itAdmin('noAccess'),
  last_owner: itAdmin('badRequest'),
  domain_invalid: itAdmin('badRequest'),
  domain_public: itAdmin('badRequest'),
  domain_claimed: itAdmin('badRequest'),
  domain_proof_missing: itAdmin('badRequest'),
  domain_proof_different: itAdmin('badRequest'),
  domain_token_expired: itAdmin('badRequest'),
  domain_not_verified: itAdmin('notReady'),
  dns_name_absent: itAdmin('badRequest'),
  dns_unavailable: { mender: 'operator', text: 'tryLater' },
  connection_incomplete: itAdmin('notReady'),
  connection_not_tested: itAdmin('notReady'),
  connection_disabled: itAdmin('notReady'),
  connection_in_use: itAdmin('badRequest'),
  version_not_pending: itAdmin('badRequest'),
  version_not_restorable: itAdmin('badRequest'),
  connection_unknown: itAdmin('notReady'),
  protocol_disabled: { mender: 'operator', text: 'ssoClosed' },
  certificate_invalid: itAdmin('badRequest'),
  certificate_weak: itAdmin('badRequest'),
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
  address_not_allowed: itAdmin('badRequest'),
  response_too_large: itAdmin('badRequest'),
  network_timeout: itAdmin('tryLater'),
  saml_too_large: itAdmin('idpAnswer'),
  saml_encoding_invalid: itAdmin('idpAnswer'),
  saml_xml_invalid: itAdmin('idpAnswer'),
  saml_dtd_forbidden: itAdmin('idpAnswer'),
  saml_structure_invalid: itAdmin('idpAnswer'),
  saml_assertion_missing: itAdmin('idpAnswer'),
  saml_multiple_assertions: itAdmin('idpAnswer'),
  saml_encrypted_unsupported: itAdmin('idpAnswer'),
  saml_encryption_required: itAdmin('idpAnswer'),
  saml_decryption_failed: itAdmin('idpAnswer'),
  saml_signature_missing: itAdmin('idpAnswer'),
  saml_signature_invalid: itAdmin('idpAnswer'),
  saml_algorithm_weak: itAdmin('idpAnswer'),
  saml_certificate_expired: itAdmin('idpAnswer'),
  saml_reference_invalid: itAdmin('idpAnswer'),
  saml_version_unsupported: itAdmin('idpAnswer'),
  saml_status_failed: itAdmin('idpStatus'),
  saml_issuer_mismatch: itAdmin('idpAnswer'),
  saml_audience_mismatch: itAdmin('idpAnswer'),
  saml_destination_mismatch: itAdmin('idpAnswer'),
  saml_recipient_mismatch: itAdmin('idpAnswer'),
  saml_confirmation_missing: itAdmin('idpAnswer'),
  saml_condition_unknown: itAdmin('idpAnswer'),
  saml_date_invalid: itAdmin('idpAnswer'),
  saml_not_yet_valid: itAdmin('idpAnswer'),
  saml_expired: person('startAgain'),
  saml_in_response_to_unknown: person('startAgain'),
  saml_unsolicited_disabled: person('startAgain'),
  saml_authn_statement_missing: itAdmin('idpAnswer'),
  saml_session_expired: person('startAgain'),
  saml_nameid_missing: itAdmin('idpAnswer'),
  saml_nameid_transient: itAdmin('idpAnswer'),
  saml_nameid_invalid: itAdmin('idpAnswer'),
  saml_email_missing: itAdmin('idpAnswer'),
  saml_email_ambiguous: itAdmin('idpAnswer'),
  saml_replay: person('startAgain'),
  discovery_unavailable: { mender: 'operator', text: 'tryLater' },
  flow_unknown: person('startAgain'),
  flow_expired: person('startAgain'),
  flow_other_browser: person('otherBrowser'),
  email_domain_not_verified: itAdmin('noAccess'),
  jit_disabled: itAdmin('noAccess'),
  link_required: itAdmin('noAccess'),
  test_person_not_admin: itAdmin('noAccess'),
  test_outdated: itAdmin('startAgain'),
  password_unavailable: person('noAccess'),
  session_ended: person('signInAgain'),
  internal: { mender: 'operator', text: 'ours' },
};
