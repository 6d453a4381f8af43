import { connectionChange, newConnection } from '../connections/connections.dto';
import { wantedConnection } from '../linking/linking.dto';
import { tenantChange } from '../tenants/tenants.dto';
import { parse } from './parse';

describe('what a change names and is no setting', () => {
  it.each([
    ['beside the settings', connectionChange, { autoJoin: true }],
    ['misspelt among the settings', connectionChange, { settings: { autojoin: true } }],
    ['in a new connection', newConnection, { label: 'Okta', settings: { JIT: false } }],
    ['of the organisation', tenantChange, { associateByEMail: false, host: null }],
    ['of whom to ask to link', wantedConnection, { connection: 'conn_1' }],
  ])('is refused by name, for who sends it believes it was set: %s [CON-12] [LNK-7]', (_, schema, body) => {
    expect(() => parse<unknown>(schema, body)).toThrow(
      /Unrecognized key: "(autoJoin|autojoin|JIT|associateByEMail|connection)"/,
    );
  });
});
