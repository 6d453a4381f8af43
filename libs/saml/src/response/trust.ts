import type { KeyObject } from 'node:crypto';
import type { ConnectionSettings, IdpCertificate } from '@gatehouse/core';

/** What makes a message good: whose signatures, on which of its parts, the keys that it may be encrypted to, and for whom. */
export interface Trust {
  readonly certificates: readonly IdpCertificate[];
  readonly signaturePolicy: ConnectionSettings['signaturePolicy'];
  readonly decryptionKeys: readonly KeyObject[];
  /** Our ACS addresses for this connection. */
  readonly recipients: readonly string[];
}
