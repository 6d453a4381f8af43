export * from './builders';
export * from './fake-api-token-store';
export * from './fake-policy-facts';
export * from './fake-saml-key-store';
export * from './fake-stores';
export * from './listed-tasks';
