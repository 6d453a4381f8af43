import { accessSync, constants } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Chromium of its own accord asks for updates, syncs and probes the network; a test's browser must be silent. */
const quietly = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-gpu',
];

/** Starts the system's Chromium without a window; close it when done. */
export async function launchChromium(): Promise<Browser> {
  const reason = whyNoChromium();
  if (reason !== undefined) throw new Error(reason);
  return chromium.launch({ executablePath: chromiumPath(), args: [...quietly, ...asRoot()] });
}

/** Why no browser can be started on this machine; undefined when one can. */
export function whyNoChromium(): string | undefined {
  try {
    accessSync(chromiumPath(), constants.X_OK);
    return undefined;
  } catch {
    return `There is no Chromium at ${chromiumPath()}: install it, or set CHROMIUM_PATH.`;
  }
}

function chromiumPath(): string {
  return process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
}

/** Chromium's sandbox refuses to run as root, which is what containers usually are. */
function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
