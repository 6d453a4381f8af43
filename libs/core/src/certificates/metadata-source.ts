import type { IdpDescription } from '../connections/connection';

/** Reads what an identity provider publishes of itself. */
export abstract class MetadataSource {
  /** Throws an `SsoError`: why it could not be loaded, or what is wrong with it. */
  abstract load(url: string): Promise<IdpDescription>;
}
