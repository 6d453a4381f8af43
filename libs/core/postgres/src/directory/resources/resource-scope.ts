import type { Actor, Chance, Clock, Directory, Happening, KeyRing } from '@gatehouse/core';
import type { DataSource } from 'typeorm';

/** What resources are kept with. */
export interface ResourcePorts {
  readonly database: DataSource;
  /** For the letters that a write may send to owners. */
  readonly keyRing: KeyRing;
  readonly chance: Chance;
  readonly clock: Clock;
}

/** Whose resources, and who asks for them. */
export interface ResourceScope {
  readonly directory: Directory;
  readonly actor: Actor;
  /** Where it is given, every write is tried and taken back, and this hears what would have happened. */
  readonly rehearsal?: (happenings: readonly Happening[]) => void;
}

/** One write: all that it is done with, and its time. */
export type ResourceWrite = ResourcePorts & ResourceScope & { readonly at: Date };
