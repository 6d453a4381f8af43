export * from './builders';
export * from './fake-saml-key-store';
export * from './fake-stores';
