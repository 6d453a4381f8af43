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
  | 'deprovisioned'
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
