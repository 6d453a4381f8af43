import type { Person } from './response-facts';

/** A person of the demo with a line about who they are. */
export interface DemoPerson extends Person {
  readonly about?: string;
}
