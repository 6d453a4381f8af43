import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyAndCertificate, type KeyAndCertificate } from '../saml-idp/key-and-certificate';
import { ConfigurationFolder } from './configuration-folder';
import { usualDialect, type Dialect, type ServiceProvider, type Settings } from './configuration';
import { repositoryRoot, simpleSamlPhpFolder, whyNoSimpleSamlPhp } from './find-simplesamlphp';
import { ana, ben, type Person } from './people';
import { freePort, PhpServer } from './php-server';

export interface SimpleSamlPhpOptions {
  serviceProviders: readonly ServiceProvider[];
  port?: number;
  people?: readonly Person[];
  dialect?: Partial<Dialect>;
  key?: KeyAndCertificate;
  /** Of its session cookie: `None` unless told. */
  sameSite?: Settings['sameSite'];
}

/** A running SimpleSAMLphp identity provider; what is changed here holds from the next request on. */
export class SimpleSamlPhp {
  readonly entityId: string;
  readonly metadataUrl: string;
  readonly ssoUrl: string;
  readonly singleLogoutUrl: string;
  /** The page that says so, at the end of a logout that began there. */
  readonly signedOutUrl: string;
  /** Path of the page with the user name and password form. */
  readonly signInPath: string;

  constructor(
    private settings: Settings,
    private readonly configuration: ConfigurationFolder,
    private readonly server: PhpServer,
  ) {
    this.entityId = settings.entityId;
    this.metadataUrl = `${settings.baseUrl}${metadataPath}`;
    this.ssoUrl = `${settings.baseUrl}saml2/idp/SSOService.php`;
    this.singleLogoutUrl = `${settings.baseUrl}saml2/idp/SingleLogoutService.php`;
    this.signedOutUrl = `${settings.baseUrl}logout.php`;
    this.signInPath = `${basePath}module.php/core/loginuserpass.php`;
  }

  get people(): readonly Person[] {
    return this.settings.people;
  }

  /** Of the key that it signs with now. */
  get certificatePem(): string {
    return this.settings.key.certificatePem;
  }

  /** Kept after `stop`: SimpleSAMLphp's own log and PHP's. */
  get logFolder(): string {
    return this.settings.logFolder;
  }

  /** Where a person starts a sign-in that no request asked for. */
  idpInitiatedUrl(serviceProviderEntityId: string, relayState?: string): string {
    const query = new URLSearchParams({ spentityid: serviceProviderEntityId });
    if (relayState !== undefined) query.set('RelayState', relayState);
    return `${this.ssoUrl}?${query}`;
  }

  /** Where a person signs out of it, and of every service that it signed them in to. */
  idpInitiatedLogoutUrl(): string {
    return `${this.singleLogoutUrl}?${new URLSearchParams({ ReturnTo: this.signedOutUrl })}`;
  }

  /** Adds a service provider, or replaces the one with its entity ID. */
  addServiceProvider(added: ServiceProvider): Promise<void> {
    const others = this.settings.serviceProviders.filter(({ entityId }) => entityId !== added.entityId);
    return this.change({ serviceProviders: [...others, added] });
  }

  setDialect(dialect: Partial<Dialect>): Promise<void> {
    return this.change({ dialect: { ...this.settings.dialect, ...dialect } });
  }

  /** Signs with `key` from now on; its metadata names `announced` beside it (`new_certificate`). */
  setKeys(key: KeyAndCertificate, announced?: KeyAndCertificate): Promise<void> {
    return this.change({ key, announcedKey: announced });
  }

  setPeople(people: readonly Person[]): Promise<void> {
    return this.change({ people });
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.settings.folder, { recursive: true, force: true });
  }

  private async change(changed: Partial<Settings>): Promise<void> {
    this.settings = { ...this.settings, ...changed };
    await this.configuration.write(this.settings);
  }
}

const basePath = '/simplesaml/';
const metadataPath = 'saml2/idp/metadata.php';

/** Starts SimpleSAMLphp on 127.0.0.1 with a new key, its own private folder and `people` to sign in. */
export async function startSimpleSamlPhp(options: SimpleSamlPhpOptions): Promise<SimpleSamlPhp> {
  const reason = whyNoSimpleSamlPhp();
  if (reason !== undefined) throw new Error(reason);
  const port = options.port ?? (await freePort());
  const settings = await settle(options, port);
  const configuration = new ConfigurationFolder(settings);
  await configuration.create();
  const server = await serve(settings, port);
  return new SimpleSamlPhp(settings, configuration, server);
}

async function settle(options: SimpleSamlPhpOptions, port: number): Promise<Settings> {
  const baseUrl = `http://127.0.0.1:${port}${basePath}`;
  return {
    baseUrl,
    entityId: `${baseUrl}${metadataPath}`,
    folder: await mkdtemp(join(tmpdir(), 'gatehouse-simplesamlphp-')),
    logFolder: join(repositoryRoot, '.gatehouse', 'logs', `simplesamlphp-${port}`),
    people: options.people ?? [ana, ben],
    dialect: { ...usualDialect, ...options.dialect },
    key: options.key ?? generateKeyAndCertificate({ commonName: 'SimpleSAMLphp' }),
    announcedKey: undefined,
    sameSite: options.sameSite ?? 'None',
    serviceProviders: options.serviceProviders,
  };
}

async function serve({ baseUrl, folder, logFolder }: Settings, port: number): Promise<PhpServer> {
  const documentRoot = join(folder, 'public');
  await makeDocumentRoot(documentRoot);
  return PhpServer.start({
    port,
    documentRoot,
    environment: { SIMPLESAMLPHP_CONFIG_DIR: folder },
    logFile: join(logFolder, 'php.log'),
    readyUrl: `${baseUrl}${metadataPath}`,
  });
}

/** A link under the usual path stands in for the alias that a real web server would have: no router script is needed. */
async function makeDocumentRoot(documentRoot: string): Promise<void> {
  await mkdir(documentRoot, { recursive: true });
  await symlink(join(simpleSamlPhpFolder(), 'www'), join(documentRoot, 'simplesaml'));
}
