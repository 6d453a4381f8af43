/**
 * The octets, or nothing where the text is anything but canonical base64 (RFC 4648, 3.5), wrapped or not:
 * Buffer alone skips foreign characters, takes base64url and forgives missing or surplus bits.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const bare = text.replace(/[\r\n\t ]+/g, '');
  const octets = Buffer.from(bare, 'base64');
  return bare !== '' && octets.toString('base64') === bare ? octets : undefined;
}
