import {
  connectionId,
  isErrorCode,
  loginPurposes,
  signInOutcomes,
  tenantId,
  traceId,
  type Check,
  type SeenAttribute,
  type SignInTrace,
  type TraceSummary,
} from '@gatehouse/core';
import type { Row } from '../row';

export function readTraceSummary(row: Row): TraceSummary {
  const code = row.optionalText('code');
  const purpose = row.optionalText('purpose');
  return {
    id: row.id('id', traceId),
    tenantId: row.id('tenant_id', tenantId),
    connectionId: row.id('connection_id', connectionId),
    ...(purpose !== undefined && { purpose: row.oneOf('purpose', loginPurposes) }),
    reference: row.text('reference'),
    at: row.date('at'),
    outcome: row.oneOf('outcome', signInOutcomes),
    // A code of another version of this server is left out rather than told wrongly.
    ...(code !== undefined && isErrorCode(code) && { code }),
    totalMs: row.number('total_ms'),
    ...readOptional(row, {
      certificateFingerprint: 'certificate_fingerprint',
      subject: 'subject',
      email: 'email',
      inResponseTo: 'in_response_to',
      address: 'address',
      userAgent: 'user_agent',
    }),
  };
}

export function readTrace(row: Row): SignInTrace {
  return {
    ...readTraceSummary(row),
    checks: row.objects('checks').map(readCheck),
    attributes: row.objects('attributes').map(readAttribute),
    ...readOptional(row, { response: 'response' }),
  };
}

/** The texts that are there, by the names of the domain. */
function readOptional<Name extends string>(row: Row, columns: Readonly<Record<Name, string>>) {
  const found: Partial<Record<Name, string>> = {};
  for (const name in columns) {
    const value = row.optionalText(columns[name]);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function readCheck(row: Row): Check {
  const [want, got] = [row.json('want'), row.json('got')];
  return {
    name: row.text('name'),
    result: row.oneOf('result', ['passed', 'failed', 'not-reached']),
    ...(row.json('ms') !== undefined && { ms: row.number('ms') }),
    ...(want !== undefined && { want }),
    ...(got !== undefined && { got }),
  };
}

function readAttribute(row: Row): SeenAttribute {
  return {
    name: row.text('name'),
    values: row.texts('values'),
    count: row.integer('count'),
    ...readOptional(row, { mapsTo: 'mapsTo' }),
  };
}
