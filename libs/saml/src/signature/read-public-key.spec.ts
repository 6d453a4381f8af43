import { readPublicKey } from './read-public-key';
import { key } from '../../test/answers';

/** Other texts of one certificate: what follows the end line is not read. */
const text = (at: number) => `${key.certificatePem}\n# ${at}`;

describe('readPublicKey', () => {
  it('parses a certificate once, and keeps the thousand that were used last [SML-4]', () => {
    const first = readPublicKey(text(0));
    const second = readPublicKey(text(1));
    for (let at = 2; at < 1_000; at += 1) readPublicKey(text(at));
    expect(readPublicKey(text(0))).toBe(first);
    readPublicKey(text(1_000));
    expect(readPublicKey(text(0))).toBe(first);
    expect(readPublicKey(text(1))).not.toBe(second);
  });
});
