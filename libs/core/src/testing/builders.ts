import { defaultSettings, type Connection } from '../connections/connection';

/** An enabled connection; name only what the test is about. */
export function aConnection(changes: Partial<Connection> = {}): Connection {
  const createdAt = new Date('2026-01-01T00:00:00Z');
  return {
    id: 'conn_1',
    tenantId: 'ten_1',
    protocol: 'saml',
    label: 'Company sign-in',
    spEntityIdAliases: [],
    settings: defaultSettings,
    enabledAt: createdAt,
    primary: true,
    createdAt,
    revision: 1,
    ...changes,
  };
}
