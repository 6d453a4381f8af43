import type { Chance } from '@gatehouse/core';
import {
  clipText,
  directoryRequestId,
  type DirectoryRequest,
  type DirectoryTokenView,
} from '@gatehouse/core';
import type { ScimAddress } from './scim-address';
import { addressWithoutSecrets, textWithoutSecrets, withoutSecrets } from './without-secrets';

const longestBody = 32_768;
const longestPath = 8192;

/** What is known of a request once it is answered. */
export interface AnsweredRequest {
  readonly view: DirectoryTokenView;
  readonly address: ScimAddress;
  readonly at: Date;
  readonly method: string;
  readonly body?: string | undefined;
  readonly ifMatch?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly status: number;
  readonly scimType?: string | undefined;
  readonly detail?: string | undefined;
  readonly milliseconds: number;
}

/** The request as it is kept for the IT admin: bounded, and without secrets. */
export function describeRequest(answered: AnsweredRequest, chance: Chance): DirectoryRequest {
  const { view, address, at, method, status, milliseconds } = answered;
  const path = addressWithoutSecrets(
    address.query === undefined ? address.path : `${address.path}?${address.query}`,
  );
  const body =
    answered.body === undefined || answered.body === '' ? undefined : withoutSecrets(answered.body);
  return {
    id: directoryRequestId.create(at, chance),
    ...{ tenantId: view.tenant.id, directoryId: view.directory.id, tokenId: view.token.id, at, method },
    path: clipText(path, longestPath),
    bodyCut: (body ?? '').length > longestBody || path.length > longestPath,
    ...texts({ ...answered, body }),
    ...{ status, milliseconds },
  };
}

function texts({ body, ifMatch, userAgent, scimType, detail }: Partial<AnsweredRequest>) {
  return {
    ...(body !== undefined && { body: clipText(body, longestBody) }),
    ...(ifMatch !== undefined && { ifMatch: clipText(textWithoutSecrets(ifMatch), 200) }),
    ...(userAgent !== undefined && { userAgent: clipText(textWithoutSecrets(userAgent), 300) }),
    ...(scimType !== undefined && { scimType }),
    ...(detail !== undefined && { detail: clipText(textWithoutSecrets(detail), 1000) }),
  };
}
