import { isPrivateOrPublicAddress, isPublicAddress } from './public-address';

describe('which addresses may be fetched', () => {
  it.each(['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public [CRT-6]', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['private', ['10.0.0.1', '172.16.0.1', '192.168.1.1', 'fd00::1', 'fec0::1']],
    ['loopback', ['127.0.0.1', '127.8.8.8', '::1']],
    ['this host', ['0.0.0.0', '0.1.2.3', '::']],
    ['link-local, where cloud metadata lives', ['169.254.169.254', 'fe80::1']],
    ['carrier-grade NAT', ['100.64.0.1', '100.127.255.255']],
    ['benchmarking', ['198.18.0.1', '2001:2::1']],
    [
      'reserved or documentation',
      ['192.0.0.8', '192.0.2.1', '240.0.0.1', '255.255.255.255', '2001:db8::1', '3fff::1'],
    ],
    ['multicast', ['224.0.0.1', 'ff02::1']],
    ['IPv4 inside IPv6', ['::ffff:10.0.0.1', '::ffff:7f00:1', '::10.0.0.1', '::ffff:0:10.0.0.1']],
    ['NAT64', ['64:ff9b::a00:1', '64:ff9b:1::1']],
    ['6to4 and Teredo', ['2002:a00:1::', '2001:0:1::1', '192.88.99.1']],
    ['not handed out by IANA', ['4000::1', '5f00::1', '100::1']],
  ])('%s is not public [CRT-6]', (_range, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  it('a host allowed by name may be private, but never a cloud metadata service [CRT-6]', () => {
    expect(
      ['10.0.0.1', '127.0.0.1', '::1', 'fd00::1', '8.8.8.8'].filter(isPrivateOrPublicAddress),
    ).toHaveLength(5);
    expect(
      ['169.254.169.254', '::ffff:a9fe:a9fe', 'fe80::1', '0.0.0.0', '224.0.0.1'].filter(
        isPrivateOrPublicAddress,
      ),
    ).toEqual([]);
  });
});
