import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { accessibilityProblems, launchChromium, whyNoChromium } from '@gatehouse/tools/browser';
import { isLanguage, languages } from '../../src/pages/texts/language';
import { textsIn } from '../../src/pages/texts/texts';
import { pagesFor } from './gallery';

type Chromium = Awaited<ReturnType<typeof launchChromium>>;
type Tab = Awaited<ReturnType<Chromium['newPage']>>;

const reason = whyNoChromium();
if (reason !== undefined) process.stderr.write(`SKIPPED: ${reason}\n`);
const describeWithChromium = reason === undefined ? describe : describe.skip;
const names = Object.keys(pagesFor({ texts: textsIn('en') }));
const assets = new Map(
  [
    ['/assets/pages.css', 'text/css'],
    ['/assets/icon.svg', 'image/svg+xml'],
    ['/assets/passkey.js', 'text/javascript'],
    ['/assets/new-passkey.js', 'text/javascript'],
  ].map(([path = '', type = '']) => [path, { type, file: readFileSync(join(__dirname, '../..', path)) }]),
);

/** The sample pages, each by its name. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const asset = assets.get(pathname);
  const lang = searchParams.get('lang');
  const reader = { texts: textsIn(isLanguage(lang) ? lang : 'en'), query: searchParams };
  response.setHeader('content-type', asset?.type ?? 'text/html; charset=utf-8');
  response.end(asset?.file ?? pagesFor(reader)[pathname.slice(1)] ?? '');
}

describeWithChromium(`Every page of signing in${reason ? ` (${reason})` : ''}`, () => {
  let chromium: Chromium;
  let server: Server;
  let tab: Tab;

  beforeAll(async () => {
    server = createServer(answer);
    await new Promise<void>((opened) => server.listen(0, '127.0.0.1', opened));
    chromium = await launchChromium();
    tab = await chromium.newPage();
  }, 60_000);

  afterAll(async () => {
    await chromium?.close();
    server?.close().closeAllConnections();
  });

  async function open(name: string, language = 'en'): Promise<void> {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
    await tab.goto(`http://localhost:${address.port}/${name}?lang=${language}`);
  }

  it.each(['light', 'dark'] as const)(
    'has no barrier that axe finds, in %s colours [POR-2]',
    async (colorScheme) => {
      await tab.emulateMedia({ colorScheme });
      await tab.setViewportSize({ width: 800, height: 700 });
      const problems: string[] = [];
      for (const name of names) {
        await open(name);
        const found = await accessibilityProblems(tab);
        problems.push(...found.map((problem) => `${name}: ${problem}`));
      }
      expect(problems).toEqual([]);
    },
    180_000,
  );

  it.each(languages)(
    'needs no sideways scrolling at 320 pixels and has targets of 24, in %s [POR-2]',
    async (language) => {
      await tab.setViewportSize({ width: 320, height: 640 });
      const problems: unknown[] = [];
      for (const name of names) {
        await open(name, language);
        const width = await tab.evaluate('document.documentElement.scrollWidth');
        if (width !== 320) problems.push([name, width]);
        const small = await tab.evaluate(smallTargets);
        if (Array.isArray(small) && small.length > 0) problems.push([name, ...small]);
      }
      expect(problems).toEqual([]);
    },
    180_000,
  );
});

/** WCAG 2.2, 2.5.8: what is pressed is 24 by 24 pixels at least. */
const smallTargets = `[...document.querySelectorAll('a, button, input, summary')]
  .filter((each) => each.checkVisibility())
  .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
  .filter(([, box]) => box.height < 24 || box.width < 24)
  .map(([text, box]) => text + ' ' + box.width + 'x' + box.height)`;
