export { MemoryDirectory } from './memory-directory';
export { MemoryStore, type MemoryStoreOptions } from './memory-store';
