import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Config } from '../src/config';
import { CONFIG } from '../src/http/config.token';
import type { Gatehouse } from './gatehouse';

const hook = join(__dirname, 'from-source.cjs');
const main = join(__dirname, '../../worker/src/main.ts');

/** A worker beside the server of a test, as a process of its own, for it is an application of its own. */
export interface WorkerProcess {
  stop(): Promise<void>;
}

/** `allowedPrivateHosts` are those of applications on this machine; without a mail server, letters wait. */
export function startWorker(
  gatehouse: Gatehouse,
  allowedPrivateHosts: readonly string[],
  smtpUrl?: string,
): WorkerProcess {
  const mail = smtpUrl === undefined ? {} : { SMTP_URL: smtpUrl, MAIL_FROM: 'no-reply@login.example' };
  const worker = spawn(process.execPath, ['--conditions', '@gatehouse/source', '--require', hook, main], {
    env: { ...environment(gatehouse.app.get(CONFIG), allowedPrivateHosts), ...mail },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    if (worker.exitCode !== null) return;
    const exited = once(worker, 'exit');
    worker.kill('SIGTERM');
    await exited;
  };
  return { stop };
}

function environment({ databaseUrl, publicUrl, secretKeys }: Config, allowedPrivateHosts: readonly string[]) {
  const keys = secretKeys.map(({ name, key }) => `${name}:${Buffer.from(key).toString('base64')}`);
  return {
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: publicUrl,
    SECRET_KEYS: keys.join(','),
    ALLOWED_PRIVATE_HOSTS: allowedPrivateHosts.join(','),
    LOG_LEVEL: 'error',
  };
}
