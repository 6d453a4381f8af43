import { mkdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainLetterhead, mailLanguages, sampleMessages, type Letterhead } from '@gatehouse/core';
import { accessibilityProblems, launchChromium, whyNoChromium } from '@gatehouse/tools/browser';
import { runMailsCommand } from '../src/previews/mails-command';
import { writePreviews } from '../src/previews/write-previews';

const reason = whyNoChromium();
const describeWithChromium = reason === undefined ? describe : describe.skip;

const letterhead: Letterhead = { ...plainLetterhead, product: 'Tideline & Co' };
const forms = Object.values(sampleMessages).reduce((sum, { length }) => sum + length, 0);
let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'mails-'))));
afterEach(() => rm(folder, { recursive: true }));

const page = (name: string) => readFile(join(folder, name), 'utf8');

describe('previews of mails', () => {
  it('hold every kind in each form and language, as HTML and as text', async () => {
    const { mails } = await writePreviews(folder, letterhead);
    expect(mails).toHaveLength(forms * mailLanguages.length);
    const files = mails.flatMap(({ name }) => [`${name}.html`, `${name}.txt`]);
    expect((await readdir(folder)).sort()).toEqual([...files, 'index.html'].sort());
    for (const { name, subject } of mails) {
      const text = await page(`${name}.txt`);
      expect(text.split('\n')[0]).toBe(`Subject: ${subject}`);
      expect(text).not.toMatch(/undefined|Invalid|\[object|\$\{/);
      expect(text.trimEnd().split('\n').at(-1)).toContain('Tideline & Co');
      expect(await page(`${name}.html`)).not.toMatch(/undefined|Invalid|\[object|\$\{/);
    }
  });

  it('are found from one page', async () => {
    const { mails } = await writePreviews(folder, letterhead);
    const index = await page('index.html');
    const links = [...index.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
    expect(links.sort()).toEqual(mails.flatMap(({ name }) => [`${name}.html`, `${name}.txt`]).sort());
  });

  it('can be had of one kind and language, by command', async () => {
    const words = ['preview', 'domain-missing', '--language', 'de', '--out', folder];
    await expect(runMailsCommand(words, letterhead)).resolves.toMatch(/^1 mails, .*index\.html\.$/);
    const files = ['domain-missing.de.html', 'domain-missing.de.txt', 'index.html'];
    expect((await readdir(folder)).sort()).toEqual(files);
  });

  it.each([
    [['preview', 'no-such-kind'], 'the kinds of mails are invitation, '],
    [['preview', '--language', 'tlh'], 'mails are written in en, de, fr'],
    [['preview', 'invitation', 'more'], 'Use it as: npm run mails -- preview'],
    [['preview', '--send'], 'Use it as: npm run mails -- preview'],
    [[], 'Use it as: npm run mails -- preview'],
  ])('say how the command is used: %j', async (words, said) => {
    await expect(runMailsCommand(words, letterhead)).rejects.toThrow(said);
  });
});

type Chromium = Awaited<ReturnType<typeof launchChromium>>;
type Tab = Awaited<ReturnType<Chromium['newPage']>>;

async function look(tab: Tab, name: string): Promise<void> {
  await tab.setContent(await page(`${name}.html`));
  expect([name, await accessibilityProblems(tab)]).toEqual([name, []]);
  const width = await tab.evaluate('document.documentElement.scrollWidth');
  expect([name, Number(width) <= 320]).toEqual([name, true]);
  await keepPicture(tab, name);
}

const forGuides = new Map([
  ['invitation-1.en', 'mail-invitation.png'],
  ['domain-missing.en', 'mail-domain-missing.png'],
]);

async function keepPicture(tab: Tab, name: string): Promise<void> {
  const [pictures, file] = [process.env['GATEHOUSE_PICTURES'], forGuides.get(name)];
  if (pictures === undefined || file === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await tab.screenshot({ path: join(pictures, file), fullPage: true });
}

describeWithChromium(`a mail in a browser${reason ? ` (${reason})` : ''}`, () => {
  let chromium: Chromium;
  beforeAll(async () => {
    chromium = await launchChromium();
  }, 60_000);
  afterAll(() => chromium?.close());

  it.each(mailLanguages)(
    'has no barrier and needs no sideways scrolling on a narrow screen, whatever its kind, in %s',
    async (language) => {
      const { mails } = await writePreviews(folder, plainLetterhead, { languages: [language] });
      const tab = await chromium.newPage({ viewport: { width: 320, height: 640 } });
      try {
        // The forms of a kind differ in words only.
        for (const { name } of mails) if (!/-[2-9]\./.test(name)) await look(tab, name);
        await look(tab, 'index');
      } finally {
        await tab.close();
      }
    },
    120_000,
  );
});
