import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { launchChromium } from '@gatehouse/tools/browser';

type Chromium = Awaited<ReturnType<typeof launchChromium>>;
type Tab = Awaited<ReturnType<Chromium['newPage']>>;

/** Kept only when GATEHOUSE_PICTURES names a folder of this repository: tests leave the tree as it is. */
export async function picture(tab: Tab, name: string): Promise<void> {
  const folder = process.env['GATEHOUSE_PICTURES'];
  if (folder === undefined) return;
  const kept = resolve(__dirname, '../../..', folder);
  mkdirSync(kept, { recursive: true });
  await tab.screenshot({ path: join(kept, name), fullPage: true });
}
