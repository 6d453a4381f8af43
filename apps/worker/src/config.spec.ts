import { readConfig } from './config';

const good = {
  DATABASE_URL: 'postgres://gatehouse_app:secret@127.0.0.1/gatehouse',
  PUBLIC_URL: 'https://login.example.com/',
  SECRET_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
};

describe('the settings of the worker', () => {
  it('are complete with the database, the public address and the key ring', () => {
    expect(readConfig(good)).toEqual({
      databaseUrl: good.DATABASE_URL,
      publicUrl: 'https://login.example.com',
      secretKeys: [{ name: 'k1', key: Buffer.alloc(32, 7) }],
      allowedPrivateHosts: [],
      dnsServers: [],
      letterhead: { product: 'Gatehouse', language: 'en', answered: false },
      logLevel: 'info',
    });
  });

  it('may name the product, the language of who never chose one, and where answers go', () => {
    const mail = { SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'no-reply@tideline.example' };
    const own = {
      PRODUCT_NAME: 'Tideline',
      MAIL_LANGUAGE: 'de',
      MAIL_REPLY_TO: 'Help <help@tideline.example>',
    };
    expect(readConfig({ ...good, ...mail, ...own })).toMatchObject({
      mail: { replyTo: 'Help <help@tideline.example>' },
      letterhead: { product: 'Tideline', language: 'de', answered: true },
    });
    const wrong = {
      PRODUCT_NAME: '<b>',
      MAIL_LANGUAGE: 'tlh',
      MAIL_REPLY_TO: 'a@b.example\r\nBcc: eve@evil.example',
    };
    expect(() => readConfig({ ...good, ...mail, ...wrong })).toThrow(
      /MAIL_REPLY_TO: must be a sender.*\n.*MAIL_LANGUAGE: must be en, de, fr\n.*PRODUCT_NAME: must be one line/,
    );
  });

  it('may name a Redis for the queue, and applications inside the network', () => {
    const more = {
      QUEUE_URL: 'redis://127.0.0.1',
      ALLOWED_PRIVATE_HOSTS: 'crm.internal:443, localhost:3010',
      DNS_SERVERS: '192.0.2.53',
    };
    expect(readConfig({ ...good, ...more })).toMatchObject({
      redis: { kind: 'single', node: { host: '127.0.0.1', port: 6379 }, database: 0, tls: false, login: {} },
      allowedPrivateHosts: ['crm.internal:443', 'localhost:3010'],
      dnsServers: ['192.0.2.53'],
    });
  });

  it('are refused with one list of all mistakes [OPS-3]', () => {
    const read = () =>
      readConfig({
        ...{ QUEUE_URL: 'http://me:secret@redis', LOG_LEVEL: 'loud' },
        ...{ PUBLIC_URL: 'http://login.example.com', SECRET_KEYS: 'k1:short' },
      });
    const lines = [
      'DATABASE_URL: is missing',
      'QUEUE_URL: must be redis:',
      'PUBLIC_URL: must begin with https',
    ];
    expect(read).toThrow(
      new RegExp([...lines, 'SECRET_KEYS: each key is', 'LOG_LEVEL: must be debug'].join('.*\\n.*')),
    );
    expect(() => readConfig({})).toThrow(/PUBLIC_URL: is missing\n.*SECRET_KEYS: is missing/);
  });

  it.each(['Gatehouse <no-reply@login.example>', 'no-reply@login.example', '<no-reply@login.example>'])(
    'may name a mail server, and the sender %s',
    (from) => {
      const mail = { SMTP_URL: 'smtps://postman:secret@mail.example', MAIL_FROM: from };
      expect(readConfig({ ...good, ...mail }).mail).toEqual({ smtpUrl: mail.SMTP_URL, from });
    },
  );

  it('say what is wrong with the mail server, without repeating its password [OPS-3]', () => {
    const read = (SMTP_URL: string, MAIL_FROM?: string) => () => readConfig({ ...good, SMTP_URL, MAIL_FROM });
    expect(read('smtp://mail.example')).toThrow('MAIL_FROM: is missing');
    expect(read('smtp://mail.example', 'Gatehouse\r\nBcc: eve@evil.example')).toThrow('MAIL_FROM: must be');
    expect(read('smtp://mail.example', 'a@b.example, c@d.example')).toThrow('MAIL_FROM: must be');
    expect(read('https://mail.example', 'a@b.example')).toThrow('SMTP_URL: must be smtp://');
    const withoutTls = read('smtp://postman:secret@mail.example?ignoreTLS=true', 'a@b.example');
    expect(withoutTls).toThrow('SMTP_URL: must be smtp://');
    expect(withoutTls).not.toThrow('secret');
  });
});
