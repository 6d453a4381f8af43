import { readServiceSettings } from './config';
import { startServices } from './services';

async function main(): Promise<void> {
  const services = await startServices(readServiceSettings());
  const stop = () => void services.close().then(() => process.exit(0));
  process.once('SIGTERM', stop).once('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
