import { metadataStateOf, type Connection, type MetadataState } from '@gatehouse/core';

/** What the API shows of the metadata of a connection that has an address for it (CRT-4, CRT-5). */
export function presentMetadata({ metadataUrl: url, enabledAt }: Connection, known: MetadataState) {
  if (url === undefined) return undefined;
  const { triedAt, refreshedAt, outcome, finding, failingSince, dueAt } = metadataStateOf(known, url);
  const said = finding && { code: finding.code, detail: finding.reason };
  return { url, triedAt, refreshedAt, outcome, ...said, failingSince, nextAt: enabledAt ? dueAt : null };
}
