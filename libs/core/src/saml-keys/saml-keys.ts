import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import type { KeyRing } from '../shared/key-ring';
import { makeSamlKey, sealedFor } from './make-saml-key';
import type { SamlKey } from './saml-key';
import type { SamlKeyStore } from './saml-key-store';

/** What signs our messages, and the certificate by which identity providers verify it. */
export interface SamlSigningKey {
  readonly privateKey: KeyObject;
  readonly certificatePem: string;
}

interface OpenedKey extends SamlSigningKey {
  readonly state: SamlKey['state'];
}

/** Several servers share the keys: a rotation on one reaches the others within this time. */
export const samlKeysMaxAgeMs = 60_000;

/** The service provider's own keys, made at first use and kept open in memory for a short time. */
export class SamlKeys {
  private loaded: { readonly at: number; readonly keys: Promise<readonly OpenedKey[]> } | undefined;

  constructor(
    private readonly store: SamlKeyStore,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  async signing(): Promise<SamlSigningKey> {
    return theCurrent(await this.opened());
  }

  /** In the order in which they are tried: newest first. */
  async decryption(): Promise<readonly KeyObject[]> {
    return (await this.opened()).map(({ privateKey }) => privateKey);
  }

  /** For metadata, the current one first: identity providers encrypt to the first that they can use. */
  async certificates(): Promise<readonly string[]> {
    const opened = await this.opened();
    const current = theCurrent(opened).certificatePem;
    const others = opened.map(({ certificatePem }) => certificatePem).filter((pem) => pem !== current);
    return [current, ...others];
  }

  /** As they are stored now, newest first; makes the first one. */
  async list(): Promise<readonly SamlKey[]> {
    const found = await this.stored();
    if (found.some(({ state }) => state === 'current')) return found;
    await this.addFirst();
    return this.stored();
  }

  /** After a rotation: the next question reads them anew. */
  forget(): void {
    this.loaded = undefined;
  }

  private opened(): Promise<readonly OpenedKey[]> {
    const now = this.clock.now().getTime();
    if (this.loaded && Math.abs(now - this.loaded.at) < samlKeysMaxAgeMs) return this.loaded.keys;
    const keys = this.list().then((stored) => stored.map((key) => this.open(key)));
    const loaded = { at: now, keys };
    this.loaded = loaded;
    // A fault is told to those who wait for it, and not kept.
    keys.catch(() => this.loaded === loaded && this.forget());
    return keys;
  }

  private open({ id, state, sealedPrivateKey, certificatePem }: SamlKey): OpenedKey {
    const privateKey = createPrivateKey(this.keyRing.open(sealedPrivateKey, sealedFor(id)));
    return { privateKey, certificatePem, state };
  }

  private async stored(): Promise<SamlKey[]> {
    const order = { next: 0, current: 1, previous: 2 };
    return (await this.store.list()).toSorted((a, b) => order[a.state] - order[b.state]);
  }

  // Servers that start at the same time each try: the store lets one of the keys in.
  private async addFirst(): Promise<void> {
    const at = this.clock.now();
    const key = await makeSamlKey('current', at, this.keyRing, this.chance);
    const actor = { kind: 'system' } as const;
    await this.store.add(key, { type: 'saml_key.created', at, actor, subject: key.id });
  }
}

function theCurrent(opened: readonly OpenedKey[]): OpenedKey {
  const current = opened.find(({ state }) => state === 'current');
  if (current) return current;
  throw new Error('No current SAML key could be stored.');
}
