export * from './builders';
export * from './fake-stores';
