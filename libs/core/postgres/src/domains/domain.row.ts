import {
  domainId,
  isErrorCode,
  proofKinds,
  proofOutcomes,
  tenantId,
  type Domain,
  type DomainCheck,
  type MissingProof,
} from '@gatehouse/core';
import type { Row } from '../row';

export function readDomain(row: Row): Domain {
  const [verifiedAt, lapsedAt] = [row.optionalDate('verified_at'), row.optionalDate('lapsed_at')];
  const nextCheckAt = row.optionalDate('next_check_at');
  const [lastCheck, missing] = [row.optionalObject('last_check'), row.optionalObject('missing')];
  return {
    id: row.id('id', domainId),
    tenantId: row.id('tenant_id', tenantId),
    name: row.text('name'),
    token: row.text('token'),
    tokenExpiresAt: row.date('token_expires_at'),
    ...readProof(row),
    ...(verifiedAt && { verifiedAt }),
    ...(lastCheck && { lastCheck: readCheck(lastCheck) }),
    ...(missing && { missing: readMissing(missing) }),
    ...(lapsedAt && { lapsedAt }),
    ...(nextCheckAt && { nextCheckAt }),
    createdAt: row.date('created_at'),
  };
}

// What a server of the version before has verified has neither of the two: its value is the one that was found.
function readProof(row: Row): Pick<Domain, 'acceptedToken' | 'provedBy'> {
  const isProven = row.optionalDate('verified_at') !== undefined;
  const acceptedToken = row.optionalText('accepted_token') ?? (isProven ? row.text('token') : undefined);
  if (acceptedToken === undefined) return {};
  const by = row.optionalText('proved_by');
  return { acceptedToken, provedBy: by === undefined ? 'dns-txt' : row.oneOf('proved_by', proofKinds) };
}

function readCheck(row: Row): DomainCheck {
  const [by, code, faults] = [
    row.optionalText('by'),
    row.optionalText('code'),
    row.optionalInteger('faults'),
  ];
  return {
    at: row.date('at'),
    ...(by !== undefined && { by: row.oneOf('by', proofKinds) }),
    outcome: row.oneOf('outcome', proofOutcomes),
    found: row.texts('found'),
    ...(code !== undefined && isErrorCode(code) && { code }),
    ...(faults !== undefined && { faults }),
  };
}

function readMissing(row: Row): MissingProof {
  const [warnedAt, remindedAt] = [row.optionalDate('warnedAt'), row.optionalDate('remindedAt')];
  return {
    since: row.date('since'),
    ...(warnedAt && { warnedAt }),
    ...(remindedAt && { remindedAt }),
    days: row.integer('days'),
    countedAt: row.date('countedAt'),
  };
}
