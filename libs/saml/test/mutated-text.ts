import fc from 'fast-check';

const pieces = [
  ...'<>&"\'=:;/ \n\r\taA1é\u0085\u00a0\ufeff',
  '<!--x-->',
  '<?p?>',
  '&#97;',
  '&amp;',
  '<![CDATA[w]]>',
  ' xmlns:q="urn:q"',
  ' xmlns="urn:q"',
  ' xml:lang="en"',
  '<a/>',
  '\u{1f600}',
];

/** Changes a text at up to three places. */
export const mutation: fc.Arbitrary<(text: string) => string> = fc
  .array(
    fc.record({
      at: fc.noBias(fc.nat(9_999)),
      drop: fc.nat(2),
      piece: fc.constantFrom('', ...pieces),
    }),
    {
      maxLength: 3,
    },
  )
  .map(
    (changes) => (text) =>
      changes.reduce((changed, { at, drop, piece }) => splice(changed, at, drop, piece), text),
  );

function splice(text: string, at: number, drop: number, piece: string): string {
  const characters = [...text];
  characters.splice(Math.floor((at / 10_000) * characters.length), drop, piece);
  return characters.join('');
}
