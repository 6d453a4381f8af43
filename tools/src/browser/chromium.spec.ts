import { launchChromium, whyNoChromium } from '.';

const reason = whyNoChromium();
if (reason !== undefined) console.warn(`SKIPPED: ${reason}`);
const describeWithChromium = reason === undefined ? describe : describe.skip;

describeWithChromium(`The system's Chromium${reason ? ` (${reason})` : ''}`, () => {
  it('runs the script of a page', async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto('data:text/html,<title>before</title><script>document.title = "after"</script>');
      expect(await page.title()).toBe('after');
    } finally {
      await browser.close();
    }
  }, 30_000);
});

it('names CHROMIUM_PATH when there is no browser where it points', () => {
  const before = process.env['CHROMIUM_PATH'];
  process.env['CHROMIUM_PATH'] = '/nowhere/chromium';
  expect(whyNoChromium()).toContain('/nowhere/chromium');
  if (before === undefined) delete process.env['CHROMIUM_PATH'];
  else process.env['CHROMIUM_PATH'] = before;
});
