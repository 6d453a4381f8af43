import {
  isErrorCode,
  metadataOutcomes,
  type ErrorCode,
  type MetadataFinding,
  type MetadataState,
} from '@gatehouse/core';
import type { Row } from '../row';

export function readMetadataState(row: Row): MetadataState {
  const dueAt = row.date('metadata_due_at');
  const state = row.optionalObject('metadata');
  return { ...(state ? readKnown(state) : { failures: 0 }), dueAt };
}

export function writeMetadataState({ dueAt: _, ...state }: MetadataState): string {
  return JSON.stringify(state);
}

function readKnown(row: Row): Omit<MetadataState, 'dueAt'> {
  const [url, warnedOf] = [row.optionalText('url'), row.optionalText('warnedOf')];
  const [triedAt, refreshedAt] = [row.optionalDate('triedAt'), row.optionalDate('refreshedAt')];
  const failingSince = row.optionalDate('failingSince');
  const finding = row.optionalObject('finding');
  const tried = row.optionalText('outcome') !== undefined;
  return {
    ...(url !== undefined && { url }),
    ...(triedAt && { triedAt }),
    ...(refreshedAt && { refreshedAt }),
    ...(tried && { outcome: row.oneOf('outcome', metadataOutcomes) }),
    ...(finding && { finding: readFinding(finding) }),
    ...(failingSince && { failingSince }),
    failures: row.integer('failures'),
    ...(warnedOf !== undefined && { warnedOf }),
  };
}

function readFinding(row: Row): MetadataFinding {
  return { code: readCode(row.text('code')), reason: row.text('reason'), key: row.text('key') };
}

function readCode(text: string): ErrorCode {
  if (isErrorCode(text)) return text;
  throw new Error(`"${text}" is no code.`);
}
