import qrcode from 'qrcode-generator';
import { renderQrCode } from './qr-code';

const uri = 'otpauth://totp/gatehouse:ana@acme.example?secret=JBSWY3DPEHPK3PXP&issuer=gatehouse';

/** Which modules the strokes of the picture paint. */
function painted(markup: string): Set<string> {
  const strokes = [...markup.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)];
  return new Set(
    strokes.flatMap(([, x, y, width]) =>
      Array.from({ length: Number(width) }, (_, step) => `${Number(x) + step},${y}`),
    ),
  );
}

describe('the picture of a key [LOG-5]', () => {
  const { markup } = renderQrCode(uri, 'A key & its picture');

  it('paints each dark module and no other, with light around it', () => {
    const code = qrcode(0, 'M');
    code.addData(uri);
    code.make();
    const size = code.getModuleCount();
    const dark = new Set<string>();
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++)
        if (code.isDark(row, column)) dark.add(`${column + 4},${row + 4}`);
    expect(painted(markup)).toEqual(dark);
    expect(markup).toContain(`viewBox="0 0 ${size + 8} ${size + 8}"`);
  });

  it('is named for whoever does not see it, and keeps its own colours', () => {
    expect(markup).toContain('role="img"');
    expect(markup).toContain('aria-label="A key &amp; its picture"');
    expect(markup).toContain('fill="#fff"');
    expect(markup).not.toContain('style=');
  });
});
