import { Tables1790000000001 } from './1790000000001-tables';
import { TenantIsolation1790000000002 } from './1790000000002-tenant-isolation';
import { AcrossTenants1790000000003 } from './1790000000003-across-tenants';
import { ConnectionSettings1790000000004 } from './1790000000004-connection-settings';
import { SamlKeys1790000000005 } from './1790000000005-saml-keys';
import { ArrivalsAndLogouts1790000000006 } from './1790000000006-arrivals-and-logouts';
import { ConnectionVersions1790000000007 } from './1790000000007-connection-versions';
import { SignInTraces1790000000008 } from './1790000000008-sign-in-traces';
import { Moves1790000000009 } from './1790000000009-moves';
import { SessionAttributes1790000000012 } from './1790000000012-session-attributes';
import { SweepSessions1790000000013 } from './1790000000013-sweep-sessions';
import { SignInPolicy1790000000015 } from './1790000000015-sign-in-policy';
import { Credentials1790000000016 } from './1790000000016-credentials';
import { BackChannelLogout1790000000028 } from './1790000000028-back-channel-logout';
import { ClaimNoticesOnce1790000000029 } from './1790000000029-claim-notices-once';
import { Enforcement1790000000020 } from './1790000000020-enforcement';
import { ApiTokens1790000000030 } from './1790000000030-api-tokens';
import { Limits1790000000022 } from './1790000000022-limits';
import { LocalSignIns1790000000023 } from './1790000000023-local-sign-ins';
import { MembersAtScale1790000000025 } from './1790000000025-members-at-scale';
import { RemovedMembers1790000000026 } from './1790000000026-removed-members';
import { Invitations1790000000027 } from './1790000000027-invitations';
import { Mails1790000000032 } from './1790000000032-mails';
import { OwnHosts1790000000033 } from './1790000000033-own-hosts';
import { HalfProvenSessions1790000000036 } from './1790000000036-half-proven-sessions';
import { Tasks1790000000037 } from './1790000000037-tasks';
import { HandOutTasks1790000000038 } from './1790000000038-hand-out-tasks';
import { LinkRequests1790000000040 } from './1790000000040-link-requests';
import { Profiles1790000000041 } from './1790000000041-profiles';
import { PendingLinks1790000000042 } from './1790000000042-pending-links';
import { DomainLife1790000000044 } from './1790000000044-domain-life';
import { ConnectionUpkeep1790000000046 } from './1790000000046-connection-upkeep';
import { LanguagesOfPeople1790000000048 } from './1790000000048-languages-of-people';
import { ClaimEventsOnce1790000000049 } from './1790000000049-claim-events-once';
import { FairEvents1790000000050 } from './1790000000050-fair-events';
import { Directories1790000000051 } from './1790000000051-directories';
import { DirectoryTallies1790000000052 } from './1790000000052-directory-tallies';
import { DirectoryLists1790000000053 } from './1790000000053-directory-lists';
import { SettledPeople1790000000054 } from './1790000000054-settled-people';
import { EndingDirectoryTokens1790000000055 } from './1790000000055-ending-directory-tokens';
import { CountPeople1790000000056 } from './1790000000056-count-people';
import { OnlyEmail1790000000057 } from './1790000000057-only-email';
import { TalliesInSlots1790000000058 } from './1790000000058-tallies-in-slots';

/** In the order in which they run. */
export const migrations = [
  Tables1790000000001,
  TenantIsolation1790000000002,
  AcrossTenants1790000000003,
  ConnectionSettings1790000000004,
  SamlKeys1790000000005,
  ArrivalsAndLogouts1790000000006,
  ConnectionVersions1790000000007,
  SignInTraces1790000000008,
  Moves1790000000009,
  SessionAttributes1790000000012,
  SweepSessions1790000000013,
  SignInPolicy1790000000015,
  Credentials1790000000016,
  Enforcement1790000000020,
  ApiTokens1790000000030,
  Limits1790000000022,
  LocalSignIns1790000000023,
  MembersAtScale1790000000025,
  RemovedMembers1790000000026,
  Invitations1790000000027,
  BackChannelLogout1790000000028,
  ClaimNoticesOnce1790000000029,
  Mails1790000000032,
  OwnHosts1790000000033,
  HalfProvenSessions1790000000036,
  Tasks1790000000037,
  HandOutTasks1790000000038,
  LinkRequests1790000000040,
  Profiles1790000000041,
  PendingLinks1790000000042,
  DomainLife1790000000044,
  ConnectionUpkeep1790000000046,
  LanguagesOfPeople1790000000048,
  ClaimEventsOnce1790000000049,
  FairEvents1790000000050,
  Directories1790000000051,
  DirectoryTallies1790000000052,
  DirectoryLists1790000000053,
  SettledPeople1790000000054,
  EndingDirectoryTokens1790000000055,
  CountPeople1790000000056,
  OnlyEmail1790000000057,
  TalliesInSlots1790000000058,
];
