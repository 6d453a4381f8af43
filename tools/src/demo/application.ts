import { createSso } from '@gatehouse/client-sdk';
import { listen } from '../web/listen';
import { demoApplication } from './application/app';
import { readApplicationSettings } from './application/settings';

async function main(): Promise<void> {
  const { PORT, APP_URL, GATEHOUSE_URL } = readApplicationSettings();
  const accountUrl = `${GATEHOUSE_URL}/account`;
  const application = await listen(demoApplication(createSso({ appUrl: APP_URL }), accountUrl), PORT);
  const stop = () => void application.close().then(() => process.exit(0));
  process.once('SIGTERM', stop).once('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
