import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyAndCertificate } from '../saml-idp/key-and-certificate';
import {
  authenticationSources,
  fixedConfiguration,
  hostedIdentityProvider,
  keyName,
  metadataSources,
  remoteServiceProviders,
  type Settings,
} from './configuration';

/**
 * SimpleSAMLphp's configuration folder. Its PHP files read JSON written beside them, so nothing of ours is ever quoted
 * into PHP code, and every request sees what was written last.
 */
export class ConfigurationFolder {
  private readonly fixed: object;

  constructor(private readonly settings: Settings) {
    this.fixed = fixedConfiguration(settings);
  }

  async create(): Promise<void> {
    const { folder, logFolder } = this.settings;
    const names = ['cert', 'data', 'tmp', 'metadata', 'sessions'];
    await Promise.all([...names.map((name) => join(folder, name)), logFolder].map(makeFolder));
    await this.writePhp();
    await this.write(this.settings);
  }

  async write(settings: Settings): Promise<void> {
    await this.writeKey(settings.key);
    if (settings.announcedKey) await this.writeKey(settings.announcedKey);
    await this.writeJson('config', { ...this.fixed, 'metadata.sources': metadataSources(settings) });
    await this.writeJson('authsources', authenticationSources(settings));
    await this.writeJson('metadata/saml20-idp-hosted', hostedIdentityProvider(settings));
    await this.writeJson('metadata/saml20-sp-remote', remoteServiceProviders(settings));
  }

  private async writeKey(key: KeyAndCertificate): Promise<void> {
    const file = join(this.settings.folder, 'cert', keyName(key));
    if (existsSync(`${file}.crt`)) return;
    await writeFile(`${file}.key`, key.privateKeyPem, { mode: 0o600 });
    await writeFile(`${file}.crt`, key.certificatePem);
  }

  private async writePhp(): Promise<void> {
    await this.writePhpReader('config', 'config');
    await this.writePhpReader('authsources', 'config');
    await this.writePhpReader('metadata/saml20-idp-hosted', 'metadata');
    await this.writePhpReader('metadata/saml20-sp-remote', 'metadata');
  }

  private writePhpReader(name: string, variable: string): Promise<void> {
    const source = `file_get_contents(substr(__FILE__, 0, -4) . '.json')`;
    const php = `<?php $${variable} = json_decode(${source}, true, 512, JSON_THROW_ON_ERROR);\n`;
    return writeFile(join(this.settings.folder, `${name}.php`), php);
  }

  /** A request in flight reads the old file or the new one, never half of one. */
  private async writeJson(name: string, content: object): Promise<void> {
    const file = join(this.settings.folder, `${name}.json`);
    await writeFile(`${file}.new`, JSON.stringify(content, undefined, 2));
    await rename(`${file}.new`, file);
  }
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}
