import {
  connectionId,
  isErrorCode,
  tenantId,
  versionStates,
  type ConnectionVersion,
  type Difference,
  type TestResult,
  type TrustConfiguration,
} from '@gatehouse/core';
import { readActor } from '../audit/audit-entry.row';
import type { Row } from '../row';
import { readIdp, readTest, readTrustSettings } from './connection.row';

export function readConnectionVersion(row: Row): ConnectionVersion {
  const lastTest = row.optionalObject('last_test');
  const passedTest = row.optionalObject('passed_test');
  const promotedAt = row.optionalDate('promoted_at');
  return {
    tenantId: row.id('tenant_id', tenantId),
    connectionId: row.id('connection_id', connectionId),
    number: row.integer('number'),
    state: row.oneOf('state', versionStates),
    configuration: readConfiguration(row.object('configuration')),
    difference: row.objects('difference').map(readDifference),
    author: readActor(row.object('author')),
    createdAt: row.date('created_at'),
    ...(lastTest && { lastTest: readTestResult(lastTest) }),
    ...(passedTest && { passedTest: readTest(passedTest) }),
    ...(promotedAt && { promotedAt }),
  };
}

function readConfiguration(row: Row): TrustConfiguration {
  const metadataUrl = row.optionalText('metadataUrl');
  return {
    idp: readIdp(row.object('idp')),
    ...(metadataUrl !== undefined && { metadataUrl }),
    settings: readTrustSettings(row.object('settings')),
  };
}

function readDifference(row: Row): Difference {
  const [before, after] = [row.json('before'), row.json('after')];
  return {
    field: row.text('field'),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}

function readTestResult(row: Row): TestResult {
  const email = row.optionalText('email');
  return {
    at: row.date('at'),
    outcome: readOutcome(row.text('outcome')),
    ...(email !== undefined && { email }),
  };
}

function readOutcome(text: string): TestResult['outcome'] {
  if (text === 'passed' || isErrorCode(text)) return text;
  throw new Error(`"${text}" is no outcome of a test.`);
}
