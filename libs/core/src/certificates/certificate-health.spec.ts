import { certificateHealth } from './certificate-health';

const now = new Date('2026-11-21T12:00:00.000Z');
const day = 24 * 60 * 60 * 1000;

describe('the health of a certificate', () => {
  it.each([
    ['expired', -1],
    ['expired', -4_000 * day],
    ['expiring_soon', 0],
    ['expiring_soon', 30 * day],
    ['healthy', 30 * day + 1],
  ])('is %s with %i milliseconds left [CRT-1]', (health, left) => {
    expect(certificateHealth({ notAfter: new Date(now.getTime() + left) }, now)).toBe(health);
  });
});
