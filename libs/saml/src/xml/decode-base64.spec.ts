import { decodeBase64 } from './decode-base64';

describe('decodeBase64', () => {
  it.each(['QQ==', 'QUI=', 'QUJD', ' QU\r\n\tJD\n', '+/+/'])('reads %j [SML-10]', (text) => {
    expect(decodeBase64(text)?.toString('base64')).toBe(text.replace(/\s/g, ''));
  });

  it.each([
    ['nothing', ''],
    ['white space only', ' \n'],
    ['padding only', '===='],
    ['no padding', 'QQ'],
    ['too much padding', 'QQ==='],
    ['padding in the middle', 'QQ==QQ=='],
    ['surplus bits', 'QR=='],
    ['base64url', '-_-_'],
    ['a foreign character', 'QU!JD'],
    ['a no-break space', 'QU\u00a0JD'],
    ['a line separator', 'QU\u2028JD'],
    ['a NUL', 'QUJD\0'],
  ])('refuses %s [SML-10]', (_what, text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});
