import { parseProductName, parsePublicUrl, parseRingKeys } from './settings';

const key = (octets: number) => Buffer.alloc(octets, 7).toString('base64');

describe('the settings that servers and workers share', () => {
  it.each([
    'https://login.example.com',
    'http://localhost:3000',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
  ])('take %s for a public address, with or without a slash behind it [OPS-3]', (address) => {
    expect(parsePublicUrl(address)).toBe(address);
    expect(parsePublicUrl(`${address}/`)).toBe(address);
  });

  it.each([
    ['http://login.example.com', 'must begin with https://'],
    ['ftp://localhost', 'must begin with https://'],
    ['login.example.com', 'must be an address'],
    ['', 'must be an address'],
  ])('refuse the public address "%s" with a reason [OPS-3]', (address, reason) => {
    expect(() => parsePublicUrl(address)).toThrow(reason);
  });

  it('read a key ring, the newest key first [OPS-6]', () => {
    expect(parseRingKeys(` k2:${key(32)} , k1:${key(32)}`).map(({ name }) => name)).toEqual(['k2', 'k1']);
  });

  it.each(['', ' , ', `k1:${key(31)}`, `:${key(32)}`, `k1:${key(32)},k0`])(
    'refuse the key ring "%s" [OPS-3]',
    (text) => {
      expect(() => parseRingKeys(text)).toThrow(/key/);
    },
  );

  it('take a name for the product that fits a subject and a title [OPS-3]', () => {
    expect(parseProductName(' Müller & Söhne ')).toBe('Müller & Söhne');
  });

  it.each(['', '  ', 'x'.repeat(41), 'Two\nlines', 'Turned\u202Earound', '<b>Bold</b>'])(
    'refuse %j as the name of the product [OPS-3]',
    (name) => expect(() => parseProductName(name)).toThrow('must be'),
  );
});
