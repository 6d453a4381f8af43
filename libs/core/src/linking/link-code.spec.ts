import { SystemChance } from '../shared/chance';
import { createCode, hashCode, readableCode } from './link-code';

const [id, other] = ['plnk_01kbkrrt000000000000000001', 'plnk_01kbkrrt000000000000000002'] as const;

describe('a code to link by', () => {
  it('has eight digits, leading noughts included, and is never the same by habit [LNK-5]', () => {
    const codes = Array.from({ length: 500 }, () => createCode(new SystemChance()));
    expect(codes.every((code) => /^\d{8}$/.test(code))).toBe(true);
    expect(new Set(codes).size).toBeGreaterThan(490);
    expect(createCode({ bytes: (count) => new Uint8Array(count) })).toBe('00000000');
    expect(createCode({ bytes: (count) => new Uint8Array(count).fill(255) })).toBe(
      (2n ** 80n - 1n).toString().slice(-8),
    );
  });

  it('is read as it is written in the mail, with a space or without [LNK-5]', () => {
    expect(readableCode('01234567')).toBe('0123 4567');
    expect(hashCode(id, 'browser', '0123 4567')).toBe(hashCode(id, 'browser', '01234567'));
    expect(hashCode(id, 'browser', ' 0123-4567 ')).toBe(hashCode(id, 'browser', '01234567'));
  });

  it('is good for one pending link, in one browser [LNK-5]', () => {
    const hash = hashCode(id, 'browser', '01234567');
    expect(hashCode(other, 'browser', '01234567')).not.toBe(hash);
    expect(hashCode(id, 'another', '01234567')).not.toBe(hash);
    expect(hashCode(id, 'browser', '01234568')).not.toBe(hash);
  });
});
