/** What a fetch may cost; a caller can only tighten what the deployment allows. */
export interface FetchLimits {
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  /** The media types asked for, as in the Accept header. */
  readonly accept?: string;
  /** Whether a redirect may be followed to there; all may where nothing is said. */
  readonly follows?: (next: URL) => boolean;
}

/** A document as it came: `url` is the address that answered in the end, after redirects. */
export interface FetchedDocument {
  readonly url: string;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
}

/** Why a document could not be had, as `details.reason` of a `metadata_unreachable` refusal. */
export type UnreachableReason =
  'dns' | 'tls' | 'refused' | 'unreachable' | 'status' | 'redirects' | 'elsewhere' | 'protocol';

/** Loads documents whose address someone outside the deployment chose (metadata, keys, proofs of a domain). */
export abstract class OutboundFetch {
  /** Answers with a 2xx document, or refuses with an `SsoError` that says why. */
  abstract get(url: string, limits?: FetchLimits): Promise<FetchedDocument>;
}
