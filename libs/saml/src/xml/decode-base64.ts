/**
 * The octets, or nothing where the text is anything but canonical base64 (RFC 4648, 3.5), wrapped or not:
 * Buffer alone skips foreign characters, takes base64url and forgives missing or surplus bits.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const octets = Buffer.from(text, 'base64');
  const canonical = octets.toString('base64');
  const same = canonical === text || canonical === text.replace(/[\r\n\t ]+/g, '');
  return same && octets.length > 0 ? octets : undefined;
}
