import type { ConsoleName, Instruction, Texts, Where } from './instructions';

export type PresetProtocol = 'saml' | 'oidc';

/** What an IT admin does, in this order; a step that an identity provider does not need is left out. */
export const stepIds = ['create-app', 'enter-values', 'attributes', 'metadata', 'assign'] as const;
export type StepId = (typeof stepIds)[number];

export interface Step {
  readonly id: StepId;
  /** The first is what a new console shows; the others are offered as "My screen looks different". */
  readonly screens: readonly [Screen, ...Screen[]];
}

export interface Screen {
  /** By what a person tells this screen from the others; absent where there is one. */
  readonly name?: Texts;
  readonly instructions: readonly Instruction[];
}

/** What can be wrong at an identity provider, and is mended there: the doctor leads to it. */
export type Place =
  | 'audience'
  | 'acs-url'
  | 'recipient'
  | 'destination'
  | 'name-id'
  | 'email-attribute'
  | 'attributes'
  | 'groups'
  | 'signature'
  | 'signature-algorithm'
  | 'certificate'
  | 'encryption'
  | 'assignment'
  | 'relay-state'
  | 'request-signature'
  | 'clock'
  | 'metadata';

/** How its metadata comes to us: the best way first. */
export interface MetadataWays {
  readonly ways: readonly ('url' | 'file' | 'manual')[];
  /** As addresses of it look, with `{braces}` around what differs. */
  readonly urlLike?: string;
  /** What the console calls the three values that metadata consists of; whoever has no metadata types them. */
  readonly manual: {
    readonly entityId: ConsoleName;
    readonly ssoUrl: ConsoleName;
    readonly certificate: ConsoleName;
  };
  /** Names what is wrong with an address that leads to some other document, such as the one of a whole tenant. */
  readonly doubt?: (url: URL) => Texts | undefined;
}

/** Attribute names as this identity provider sends them, the first that is present wins. */
export interface PresetMapping {
  readonly email: readonly string[];
  readonly firstName?: readonly string[];
  readonly lastName?: readonly string[];
  readonly displayName?: readonly string[];
  readonly groups?: readonly string[];
}

/** Where its dialect asks for something else than the defaults of a connection. */
export interface PresetSettings {
  readonly nameIdFormat?: 'emailAddress' | 'persistent' | 'unspecified';
  readonly signaturePolicy?: 'either' | 'assertion' | 'response' | 'both';
  readonly signRequests?: boolean;
  readonly requestBinding?: 'redirect' | 'post';
}

/** What it says on its own pages when something is wrong, before anything reaches us. */
export interface KnownError {
  /** Found anywhere in what a person pastes, without regard to case. */
  readonly says: readonly [string, ...string[]];
  readonly means: Texts;
  readonly mender: 'it-admin' | 'person' | 'operator';
  readonly place?: Place;
}

export interface Provisioning {
  readonly support: 'push' | 'none';
  /** Empty where it pushes nothing. */
  readonly instructions: readonly Instruction[];
  readonly notes: readonly Texts[];
}

export interface SingleLogout {
  readonly support: 'yes' | 'no';
  readonly instructions: readonly Instruction[];
}

/** How sure we are, and until when: consoles change. */
export interface Verified {
  /** `documented`: read in its documentation. `measured`: run by ourselves. `to-check`: common knowledge that nobody tried here. */
  readonly confidence: 'documented' | 'measured' | 'to-check';
  /** ISO 8601 dates. */
  readonly on: string;
  readonly recheckBy: string;
  /** What of it is less sure than the rest. */
  readonly doubtful?: readonly string[];
}

/** What is read of an identity provider's metadata, as far as it tells who made it. */
export interface SeenMetadata {
  readonly entityId: string;
  readonly ssoUrls: readonly string[];
  readonly certificateSubjects: readonly string[];
}

/** One identity provider: everything that is particular to it. */
export interface IdpPreset {
  readonly id: string;
  readonly name: string;
  /** Names that it had, or goes by, under which it is found as well. */
  readonly alsoKnownAs: readonly string[];
  readonly protocol: PresetProtocol;
  readonly console: { readonly name: ConsoleName; readonly url?: string; readonly role: ConsoleName };
  readonly steps: readonly Step[];
  readonly metadata: MetadataWays;
  readonly mapping: PresetMapping;
  readonly settings: PresetSettings;
  readonly places: Readonly<Partial<Record<Place, Where>>>;
  readonly provisioning: Provisioning;
  readonly singleLogout: SingleLogout;
  readonly gotchas: readonly Texts[];
  readonly errors: readonly KnownError[];
  readonly verified: Verified;
  recognises(metadata: SeenMetadata): boolean;
}
