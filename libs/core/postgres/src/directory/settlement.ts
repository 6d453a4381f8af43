import type {
  Actor,
  Chance,
  Directory,
  DirectoryPersonId,
  Happening,
  KeyRing,
  ProvisionedPerson,
  ProvisionedProfile,
} from '@gatehouse/core';

/** One write of a person by its directory. */
export interface PersonChange {
  readonly directory: Directory;
  readonly id: DirectoryPersonId;
  /** The row as it was, locked since; absent where this write made it. */
  readonly before?: ProvisionedPerson | undefined;
  /** What the row says now. */
  readonly after: ProvisionedProfile;
  readonly deleted: boolean;
  readonly at: Date;
  readonly actor: Actor;
  readonly chance: Chance;
  readonly keyRing: KeyRing;
}

/** What a row is inserted with, until it is settled in the same transaction. */
export const unsettled = { standing: 'deactivated', brought: false } as const;

/** What is known of something that happens to the tenant by this write, but what it is. */
export function because(
  { directory: { tenantId, id: directoryId }, id: personId, at, actor }: PersonChange,
  fact: Pick<Happening, 'type' | 'subject' | 'before' | 'after' | 'data'>,
): Happening {
  return { tenantId, at, actor, ...fact, data: { ...fact.data, directoryId, personId } };
}
