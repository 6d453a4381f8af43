import { parse, type IPv4, type IPv6 } from 'ipaddr.js';

// What an operator may open up for a named host. Link-local stays shut: cloud metadata services live there.
const privateRanges = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat']);

/** IANA hands out global unicast IPv6 from 2000::/3 only; 2001::/23 of it is kept for protocols (RFC 2928). */
const ipv6Global = { base: parse('2000::'), bits: 3 };
const ipv6Protocols = { base: parse('2001::'), bits: 23 };

/** The IPv4 address inside an IPv4-mapped one (`::ffff:10.0.0.1`), which the kernel would connect to. */
function unmapped(address: IPv4 | IPv6): IPv4 | IPv6 {
  return address.kind() === 'ipv6' && 'toIPv4Address' in address && address.isIPv4MappedAddress()
    ? address.toIPv4Address()
    : address;
}

function isGlobalUnicast(address: IPv4 | IPv6): boolean {
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv4') return true;
  return (
    address.match(ipv6Global.base, ipv6Global.bits) && !address.match(ipv6Protocols.base, ipv6Protocols.bits)
  );
}

/** Whether an address literal is globally routed unicast: nothing private, shared, reserved, tunnelled or multicast. */
export function isPublicAddress(literal: string): boolean {
  return isGlobalUnicast(unmapped(parse(literal)));
}

/** Whether an address may be reached for a host that the operator allowed by name. */
export function isPrivateOrPublicAddress(literal: string): boolean {
  const address = unmapped(parse(literal));
  return privateRanges.has(address.range()) || isGlobalUnicast(address);
}
