export type { Dialect, Exchange, Phase } from './dialect';
export { directoryState } from './directory-state';
export { MemoryDirectory } from './memory-directory';
export { MemoryStore, type MemoryStoreOptions } from './memory-store';
export { DialectPlayer, type Send } from './play-dialect';
export { readDialects } from './read-dialects';
