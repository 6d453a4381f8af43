import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { composeMail, mailLanguages, sampleMessages, type MailMessage } from '@gatehouse/core';
import { accessibilityProblems, launchChromium, whyNoChromium } from '@gatehouse/tools/browser';

const reason = whyNoChromium();
const describeWithChromium = reason === undefined ? describe : describe.skip;

const at = new Date('2026-03-01T12:00:00Z');
const messages: MailMessage[] = Object.values(sampleMessages).flat();

describeWithChromium(`a mail in a browser${reason ? ` (${reason})` : ''}`, () => {
  let chromium: Awaited<ReturnType<typeof launchChromium>>;
  beforeAll(async () => {
    chromium = await launchChromium();
  }, 60_000);
  afterAll(() => chromium?.close());

  it.each(messages)(
    'has no barrier and needs no sideways scrolling on a narrow screen: $kind',
    async (message) => {
      const tab = await chromium.newPage({ viewport: { width: 320, height: 640 } });
      try {
        for (const language of mailLanguages) {
          const mail = { id: 'mail_1', to: 'jane@acme.example', language, message, createdAt: at } as const;
          await tab.setContent(composeMail(mail).html);
          expect(await accessibilityProblems(tab)).toEqual([]);
          expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
          const pictures = process.env['GATEHOUSE_PICTURES'];
          if (pictures !== undefined && message.kind === 'invitation' && language === 'en') {
            mkdirSync(pictures, { recursive: true });
            await tab.screenshot({ path: join(pictures, 'mail-invitation.png'), fullPage: true });
          }
        }
      } finally {
        await tab.close();
      }
    },
    60_000,
  );
});
