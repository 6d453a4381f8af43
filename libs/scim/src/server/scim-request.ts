import type { JsonObject } from '../json';

/** A request as whoever speaks HTTP took it apart. */
export interface ScimRequest {
  readonly method: string;
  /** Below the base address: `/Users/123`. */
  readonly path: string;
  /** What follows the `?`, as it was sent. */
  readonly query?: string | undefined;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body?: string | undefined;
}

/** An answer for whoever speaks HTTP: the body is to be written as JSON. */
export interface ScimResponse {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body?: JsonObject;
}

/** RFC 7644 3.1. */
export const scimMediaType = 'application/scim+json';

/** An answer with a body. */
export function answer(
  status: number,
  body: JsonObject,
  headers: { readonly [name: string]: string } = {},
): ScimResponse {
  return { status, headers: { 'content-type': scimMediaType, ...headers }, body };
}
