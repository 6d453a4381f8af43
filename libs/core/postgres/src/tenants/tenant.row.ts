import {
  breakGlassChoices,
  secondFactorRules,
  ssoModes,
  tenantId,
  type SignInPolicy,
  type Tenant,
} from '@gatehouse/core';
import type { Row } from '../row';

export function readTenant(row: Row): Tenant {
  const externalId = row.optionalText('external_id');
  const host = row.optionalText('host');
  const suspendedAt = row.optionalDate('suspended_at');
  return {
    id: row.id('id', tenantId),
    slug: row.text('slug'),
    name: row.text('name'),
    ...(externalId !== undefined && { externalId }),
    associateByEmail: row.flag('associate_by_email'),
    policy: readPolicy(row.object('policy')),
    ssoEntitled: row.flag('sso_entitled'),
    ...(host !== undefined && { host }),
    ...(suspendedAt && { suspendedAt }),
    createdAt: row.date('created_at'),
  };
}

export function readPolicy(row: Row): SignInPolicy {
  const dryRun = row.optionalObject('dryRun');
  return {
    sso: row.oneOf('sso', ssoModes),
    ssoWhenEnabled: row.oneOf('ssoWhenEnabled', ['optional', 'required']),
    breakGlass: row.oneOf('breakGlass', breakGlassChoices),
    newMembersOnSso: row.flag('newMembersOnSso'),
    secondFactor: row.oneOf('secondFactor', secondFactorRules),
    ...(dryRun && { dryRun: { since: dryRun.date('since'), until: dryRun.date('until') } }),
  };
}
