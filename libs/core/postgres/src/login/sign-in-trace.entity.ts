import type { SignInTrace } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { json, key, named, optional, text, time } from '../column';

/** The tenant comes first in the key: a list of one tenant, newest first, reads nothing else. */
export const signInTraceEntity = new EntitySchema<SignInTrace>({
  name: 'SignInTrace',
  tableName: 'sign_in_traces',
  columns: {
    tenantId: named('tenant_id', key),
    id: key,
    connectionId: named('connection_id', text),
    purpose: optional(text),
    reference: text,
    at: time,
    outcome: text,
    code: optional(text),
    totalMs: named('total_ms', { type: 'double precision' }),
    checks: json,
    certificateFingerprint: named('certificate_fingerprint', optional(text)),
    subject: optional(text),
    email: optional(text),
    inResponseTo: named('in_response_to', optional(text)),
    attributes: json,
    response: optional(text),
    address: optional(text),
    userAgent: named('user_agent', optional(text)),
  },
  indices: [
    { name: 'sign_in_traces_reference', columns: ['tenantId', 'reference'] },
    { name: 'sign_in_traces_email', columns: ['tenantId', 'email'] },
    { name: 'sign_in_traces_at', columns: ['at'] },
    {
      name: 'sign_in_traces_certificate',
      columns: ['tenantId', 'connectionId', 'certificateFingerprint', 'at'],
      where: "(outcome = 'signed-in'::text)",
    },
  ],
});
