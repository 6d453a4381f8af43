import { parseArgs } from 'node:util';
import {
  KeyRing,
  RotateSamlKeys,
  SamlKeys,
  SystemChance,
  SystemClock,
  type RingKey,
  type SamlKey,
} from '@gatehouse/core';
import { openDatabase, PostgresSamlKeyStore } from '@gatehouse/core-postgres';
import type { z } from 'zod';
import { presentCertificate } from './present-certificate';
import { rotation } from './saml-keys.dto';

/** What the command needs of the servers' own settings. */
export interface RotationSettings {
  readonly databaseUrl: string;
  readonly secretKeys: readonly [RingKey, ...RingKey[]];
}

const usage = 'Use: --step publish | switch | retire, and --force to skip the day between the steps.';

/** Takes the step that the arguments name, or none without `--step`; answers with a line for each key there is then. */
export async function runRotationCommand(
  args: readonly string[],
  { databaseUrl, secretKeys }: RotationSettings,
): Promise<string> {
  const wanted = readArguments(args);
  const database = await openDatabase({ url: databaseUrl, poolSize: 1 });
  const chance = new SystemChance();
  const clock = new SystemClock();
  const keyRing = new KeyRing(secretKeys, chance);
  const store = new PostgresSamlKeyStore(database, chance);
  const keys = new SamlKeys(store, keyRing, clock, chance);
  try {
    const rotate = new RotateSamlKeys(store, keys, keyRing, clock, chance);
    const left = wanted ? await rotate.rotate(wanted, { kind: 'operator' }) : await keys.list();
    return left.map(describe).join('\n');
  } finally {
    await database.destroy();
  }
}

function readArguments(args: readonly string[]): z.output<typeof rotation> | undefined {
  const options = { step: { type: 'string' }, force: { type: 'boolean' } } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    return values.step === undefined && !values.force ? undefined : rotation.parse(values);
  } catch (cause) {
    throw new Error(usage, { cause });
  }
}

function describe({ id, state, since, certificatePem }: SamlKey): string {
  return `${state.padEnd(8)} ${id} since ${since.toISOString()} ${presentCertificate(certificatePem).fingerprint}`;
}
