import type { Page } from '../audit/audit-log';
import type { Happening } from '../audit/happening';
import type { DirectoryId, RemovalHoldId, TenantId } from '../shared/ids';
import type { ProvisionedPerson } from './provisioned-person';
import type { RemovalHold } from './removal-hold';

/** A hold, and how many people wait for what becomes of it. */
export interface WaitingHold extends RemovalHold {
  readonly people: number;
}

/** `last-owner`: one of the people is the only owner left, and cannot go (TEN-2). `others`: not as many wait as were seen. */
export type HoldOutcome = 'decided' | 'absent' | 'decided-before' | 'last-owner' | 'others';

/** What is decided, and of how many people whoever decides knows. */
export interface HoldDecision {
  readonly decision: NonNullable<RemovalHold['decision']>;
  readonly seen?: number | undefined;
}

export abstract class RemovalHoldStore {
  /** Newest first. */
  abstract list(tenantId: TenantId, directory: DirectoryId, page: Page): Promise<readonly WaitingHold[]>;
  abstract find(tenantId: TenantId, id: RemovalHoldId): Promise<WaitingHold | undefined>;
  /** Who waits for what becomes of it, in the order in which the directory brought them. */
  abstract people(tenantId: TenantId, id: RemovalHoldId, page: Page): Promise<readonly ProvisionedPerson[]>;
  /** Once; what follows from it for each of the people is done behind it. */
  abstract decide(
    tenantId: TenantId,
    id: RemovalHoldId,
    decided: HoldDecision,
    because: Happening,
  ): Promise<HoldOutcome>;
}
