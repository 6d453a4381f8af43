import type { en } from './en';

/** What English says, each other language must say. */
export type Pages = typeof en;
