// What `npm start` runs: the ports, and one row for each process. Edit here.
import { join } from 'node:path';

/** @typedef {Record<keyof typeof wantedPorts, number>} Ports */
/** @typedef {{ ports: Ports, secrets: Record<string, string>, ownerUrl: string, appUrl: string, folder: string }} Place */

/** The next free port is used when one is taken; the gaps keep neighbours apart. */
export const wantedPorts = {
  server: 3000,
  application: 3010,
  'demo identity provider': 3020,
  'mail catcher': 3030,
  SMTP: 3040,
  DNS: 3053,
  PostgreSQL: 3432,
};

/** @param {Ports} ports */
export function addresses(ports) {
  return {
    server: `http://localhost:${ports.server}`,
    application: `http://localhost:${ports.application}`,
    idp: `http://127.0.0.1:${ports['demo identity provider']}`,
    mail: `http://localhost:${ports['mail catcher']}`,
  };
}

/** In the order in which they start. `once: true` runs to its end first; `ready` is asked until it answers. */
export function demoProcesses(place) {
  const at = addresses(place.ports);
  return [
    {
      name: 'migrate',
      once: true,
      script: 'apps/auth-server/dist/migrate.js',
      env: migrationEnvironment(place),
    },
    { name: 'demo', script: 'tools/dist/demo/main.js', env: demoEnvironment(place), ready: at.mail },
    {
      name: 'server',
      script: 'apps/auth-server/dist/main.js',
      env: { ...serviceEnvironment(place), PORT: String(place.ports.server), QUEUE_PAGE: 'on' },
      ready: `${at.server}/login`,
    },
    {
      name: 'worker',
      script: 'apps/worker/dist/main.js',
      // A line for every event would push the addresses to try out of sight; what happened is in the audit log.
      env: { LOG_LEVEL: 'warn', ...serviceEnvironment(place), ...workerEnvironment(place) },
    },
    { name: 'seed', once: true, script: 'tools/dist/demo/seed.js', env: seedEnvironment(place) },
  ];
}

/** Started last: it needs the client that the seed made. */
export function demoApplication(place, client) {
  const at = addresses(place.ports);
  return {
    name: 'application',
    script: 'tools/dist/demo/application.js',
    ready: at.application,
    env: {
      PORT: String(place.ports.application),
      APP_URL: at.application,
      GATEHOUSE_URL: at.server,
      GATEHOUSE_CLIENT_ID: client.clientId,
      GATEHOUSE_CLIENT_SECRET: client.clientSecret,
      GATEHOUSE_COOKIE_SECRET: place.secrets.applicationCookieSecret,
    },
  };
}

function migrationEnvironment({ ownerUrl, secrets }) {
  return { DATABASE_OWNER_URL: ownerUrl, DATABASE_APP_PASSWORD: secrets.databasePassword };
}

function demoEnvironment({ ports, folder }) {
  return {
    IDP_PORT: String(ports['demo identity provider']),
    DNS_PORT: String(ports.DNS),
    SMTP_PORT: String(ports.SMTP),
    MAIL_PORT: String(ports['mail catcher']),
    GATEHOUSE_DEMO_DIR: join(folder, 'demo'),
    GATEHOUSE_URL: addresses(ports).server,
  };
}

/** The demo's IdP lives on this machine, so its address is let through the guard of outbound requests. */
function serviceEnvironment({ ports, secrets, appUrl }) {
  const idpPort = ports['demo identity provider'];
  return {
    HOST: '127.0.0.1',
    PUBLIC_URL: addresses(ports).server,
    DATABASE_URL: appUrl,
    OPERATOR_KEY: secrets.operatorKey,
    SECRET_KEYS: secrets.keyRing,
    COOKIE_KEYS: secrets.cookieKeys,
    SMTP_URL: `smtp://127.0.0.1:${ports.SMTP}`,
    MAIL_FROM: 'Gatehouse <no-reply@login.example>',
    DNS_SERVERS: `127.0.0.1:${ports.DNS}`,
    ALLOWED_PRIVATE_HOSTS: `localhost:${idpPort},127.0.0.1:${idpPort}`,
  };
}

/** The worker tells the application of sessions that have ended, and both are on this machine. */
function workerEnvironment({ ports }) {
  const [idp, application] = [ports['demo identity provider'], ports.application];
  return { ALLOWED_PRIVATE_HOSTS: `localhost:${idp},127.0.0.1:${idp},localhost:${application}` };
}

function seedEnvironment({ ports, secrets, folder }) {
  const at = addresses(ports);
  return {
    GATEHOUSE_URL: at.server,
    OPERATOR_KEY: secrets.operatorKey,
    IDP_URL: at.idp,
    APP_URL: at.application,
    MAIL_URL: at.mail,
    GATEHOUSE_DEMO_DIR: join(folder, 'demo'),
    DEMO_CLIENT_SECRET: secrets.demoClientSecret,
  };
}
