import { readSeedSettings } from './config';
import { DemoFiles } from './demo-files';
import { ManagementApi } from './management-api';
import { seedAcme } from './seed-acme';
import { DEMO_PASSWORD } from './people';
import { seedApplication } from './seed-application';
import { seedPeople } from './seed-people';

async function main(): Promise<void> {
  const settings = readSeedSettings();
  const api = new ManagementApi(settings.GATEHOUSE_URL, settings.OPERATOR_KEY);
  await seedAcme(api, settings);
  await seedPeople(api, settings, new DemoFiles(settings.GATEHOUSE_DEMO_DIR));
  const client = await seedApplication(api, settings);
  console.log(JSON.stringify({ ...client, password: DEMO_PASSWORD }));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
