import type {
  Actor,
  Chance,
  Directory,
  DirectoryPersonId,
  Happening,
  KeyRing,
  MemberId,
  ProvisionedPerson,
  ProvisionedProfile,
  QuarantineReason,
  RemovalHold,
  RemovalHoldId,
  Standing,
  User,
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
  /** Where no request wrote the row: its person waited, and its turn has come. */
  readonly waited?: { readonly verdict?: RemovalHold['decision'] | undefined };
}

/** What became of the person, as its row is to say it. */
export interface Settled {
  readonly standing: Standing;
  readonly quarantinedFor?: QuarantineReason;
  readonly heldBy?: RemovalHoldId;
  /** Whom it is, where it is or was anybody. */
  readonly user?: Pick<User, 'id'> | undefined;
  readonly memberId?: MemberId | undefined;
  readonly brought: boolean;
  /** Where this write took the access, or would have if it were not held for it. */
  readonly counts?: boolean;
  readonly happenings: readonly Happening[];
}

/** What is known of something that happens to the tenant by this write, but what it is. */
export function because(
  { directory: { tenantId, id: directoryId }, id: personId, at, actor }: PersonChange,
  fact: Pick<Happening, 'type' | 'subject' | 'before' | 'after' | 'data'>,
): Happening {
  return { tenantId, at, actor, ...fact, data: { ...fact.data, directoryId, personId } };
}
