import qrcode from 'qrcode-generator';
import { html, type Html } from './html';

/** Light around it, in modules (ISO/IEC 18004 6.3.8). */
const quiet = 4;

/** A picture for the camera of a telephone: dark on light whatever the colours of the page, without a request for it. */
export function renderQrCode(text: string, title: string): Html {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount() + 2 * quiet;
  return html`<svg
    class="qr"
    role="img"
    aria-label="${title}"
    viewBox="0 0 ${size} ${size}"
    width="220"
    height="220"
  >
    <rect width="${size}" height="${size}" fill="#fff" />
    <path d="${darkModules(code)}" fill="#000" shape-rendering="crispEdges" />
  </svg>`;
}

/** One stroke for each run of dark modules in a row. */
function darkModules(code: ReturnType<typeof qrcode>): string {
  const lines = Array.from({ length: code.getModuleCount() }, (_, at) => at);
  const rows = lines.map((row) => lines.map((column) => (code.isDark(row, column) ? '1' : '0')).join(''));
  const strokes = rows.flatMap((row, at) =>
    [...row.matchAll(/1+/g)].map(
      ({ 0: run, index }) => `M${index + quiet} ${at + quiet}h${run.length}v1h-${run.length}z`,
    ),
  );
  return strokes.join('');
}
