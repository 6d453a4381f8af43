import { readSeedSettings } from './config';
import { ManagementApi } from './management-api';
import { seedAcme } from './seed-acme';
import { seedApplication } from './seed-application';

async function main(): Promise<void> {
  const settings = readSeedSettings();
  const api = new ManagementApi(settings.GATEHOUSE_URL, settings.OPERATOR_KEY);
  await seedAcme(api, settings);
  console.log(JSON.stringify(await seedApplication(api, settings)));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
