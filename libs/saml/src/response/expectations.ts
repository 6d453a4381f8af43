import type { CheckLog, ConnectionSettings, IdpDescription, ServiceProvider } from '@gatehouse/core';

/** What an assertion is measured against. */
export interface Expectations {
  readonly idp: IdpDescription;
  readonly serviceProvider: ServiceProvider;
  readonly settings: ConnectionSettings;
  readonly now: Date;
  readonly checks: CheckLog;
}
