import { readCursor, writeCursor } from './member-cursor';
import type { Person } from './member';

const createdAt = new Date('2026-01-01T00:00:00Z');
const id = 'mem_00000000000000000000000001';
const ida: Person = {
  user: { id: 'user_1', email: 'Ida@acme.example', createdAt },
  member: { id, tenantId: 'ten_1', userId: 'user_1', role: 'member', sso: 'inherit', createdAt },
};

function bent(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

describe('a cursor of the list of members', () => {
  it('leads back to the member behind whom the list goes on [TEN-7]', () => {
    expect(readCursor(writeCursor(ida, 'created'), 'created')).toEqual({ id });
    expect(readCursor(writeCursor(ida, 'email'), 'email')).toEqual({ id, email: 'ida@acme.example' });
  });

  it.each([
    ['of a list in another order', writeCursor(ida, 'created')],
    ['without an address', bent(['email', id])],
    ['with an address that is no text', bent(['email', id, { toString: 1 }])],
    ['with what no database keeps', bent(['email', id, 'a\0'])],
    ['with the ID of something else', bent(['email', 'user_1', 'a'])],
    ['that is no list', bent({ sort: 'email' })],
    ['that is not JSON', 'aaaa'],
    ['that is empty', ''],
  ])('is refused when it is one %s [TEN-7]', (_, text) => {
    expect(() => readCursor(text, 'email')).toThrow(expect.objectContaining({ code: 'validation_failed' }));
  });
});
