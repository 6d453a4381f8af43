import { SystemChance } from './chance';
import { tenantId } from './ids';

const chance = new SystemChance();
const now = new Date('2026-11-21T12:00:00Z');

describe('identifiers', () => {
  it('sort by the time they were made, and say their kind', () => {
    const earlier = tenantId.create(now, chance);
    const later = tenantId.create(new Date(now.getTime() + 1), chance);
    expect(earlier < later).toBe(true);
    expect(tenantId.parse(earlier)).toBe(earlier);
  });

  it.each(['mem_01k9w5kzh0aaaaaaaaaaaaaaaa', 'ten_short', "ten_'; DROP TABLE tenants--", 7, undefined])(
    'refuse %p, which is of another kind or shape',
    (value) => expect(() => tenantId.parse(value)).toThrow(expect.objectContaining({ code: 'id_malformed' })),
  );
});
