import { connectionState, type Connection } from '../connections/connection';
import type { Tenant } from '../tenants/tenant';

/** The way to single sign-on: set it up, switch it on for the tenant, switch it on for people (TEN-10). */
export const ssoSteps = ['connection', 'tenant', 'people'] as const;
export type SsoStepName = (typeof ssoSteps)[number];

export interface SsoStep {
  readonly step: SsoStepName;
  readonly done: boolean;
  /** What does it. */
  readonly todo: string;
  /** What takes it back. */
  readonly undo: string;
}

export interface SsoProgress {
  readonly steps: readonly SsoStep[];
  /** The first that is not done. */
  readonly next?: SsoStepName;
  /** The last that is done: they are taken back in the opposite order. */
  readonly undo?: SsoStepName;
}

export interface SsoFacts {
  readonly tenant: Pick<Tenant, 'policy' | 'ssoEntitled'>;
  readonly connections: readonly Connection[];
  readonly membersOnSso: number;
}

const todos: Readonly<Record<SsoStepName, { readonly todo: string; readonly undo: string }>> = {
  connection: {
    todo: 'Add an identity provider and pass a test sign-in as an owner or admin.',
    undo: 'Delete the connections.',
  },
  tenant: {
    todo: 'Switch a tested connection on.',
    undo: 'Switch the connections off.',
  },
  people: {
    todo: 'Require single sign-on, or set it for members one by one.',
    undo: 'Make single sign-on optional, and let all members inherit what the organisation has.',
  },
};

/** How far a tenant is, from what it has configured; none of it is lost while it is not entitled (TEN-9). */
export function ssoProgress(facts: SsoFacts): SsoProgress {
  const done = doneSteps(facts);
  const next = ssoSteps.find((step) => !done[step]);
  const undo = ssoSteps.findLast((step) => done[step]);
  const steps = ssoSteps.map((step) => ({ step, done: done[step], ...todos[step] }));
  return { steps, ...(next && { next }), ...(undo && { undo }) };
}

function doneSteps({ tenant, connections, membersOnSso }: SsoFacts): Readonly<Record<SsoStepName, boolean>> {
  const states = connections.map(connectionState);
  const { sso } = tenant.policy;
  return {
    connection: states.some((state) => state === 'tested' || state === 'enabled'),
    tenant: sso !== 'off' && states.includes('enabled'),
    people: sso === 'required' || membersOnSso > 0,
  };
}
