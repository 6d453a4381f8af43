import type { ResourceStore } from '../resource-store';
import type { ScimError } from '../scim-error';

/** How much is answered at once. */
export interface ScimLimits {
  /** Resources on a page whose size the client does not say. */
  readonly pageSize: number;
  readonly largestPage: number;
  readonly bulkOperations: number;
  readonly bulkBytes: number;
  /** How long a cursor of RFC 9865 leads to the next page. */
  readonly cursorSeconds: number;
}

/** What a server answers from: the resources of one directory. */
export interface ScimServerOptions {
  readonly users: ResourceStore;
  readonly groups: ResourceStore;
  /** Where the directory is on the web, without a slash at the end. */
  readonly baseUrl: string;
  readonly now: () => Date;
  /** What a client is told of an error that is none of this protocol: the place to write it to the log, too. */
  readonly fault: (error: unknown) => ScimError;
  readonly documentationUri?: string;
  readonly limits?: Partial<ScimLimits>;
}

export const usualLimits: ScimLimits = {
  pageSize: 100,
  largestPage: 1000,
  bulkOperations: 1000,
  bulkBytes: 1024 * 1024,
  cursorSeconds: 3600,
};
