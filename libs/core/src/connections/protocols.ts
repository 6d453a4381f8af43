import { SsoError } from '../shared/sso-error';
import type { Connection } from './connection';

/** What a connection can speak. */
export type Protocol = Connection['protocol'];

/** By the names that settings use. */
export const knownProtocols = ['saml'] as const satisfies readonly Protocol[];

/** Which protocols this deployment offers: the operator may close one for every tenant at once (CON-20). */
export class Protocols {
  private readonly closed: ReadonlySet<Protocol>;

  constructor(closed: readonly Protocol[] = []) {
    this.closed = new Set(closed);
  }

  isOpen(protocol: Protocol): boolean {
    return !this.closed.has(protocol);
  }

  /** Throws `protocol_disabled`. Nothing of a connection is lost meanwhile: the switch closes doors, it removes none. */
  refuseClosed(protocol: Protocol): void {
    if (this.isOpen(protocol)) return;
    const message = `Sign-in by ${protocol.toUpperCase()} is switched off on this whole service: its operator can switch it on again.`;
    throw new SsoError('protocol_disabled', message, {
      want: 'a protocol that is switched on',
      got: protocol,
    });
  }
}
