import type { IdpCertificate } from '@gatehouse/core';
import type { ResponseToVerify } from '../src/index';

export interface Vector {
  readonly name: string;
  readonly facts: {
    readonly what: string;
    readonly rows: readonly string[];
    readonly expect: {
      readonly code?: string;
      readonly identity?: Readonly<Record<string, unknown>> & { readonly certificate: string };
    };
  };
  readonly certificates: readonly IdpCertificate[];
  readonly metadata?: Uint8Array;
  readonly request: ResponseToVerify;
}

export function readVectors(root: string, kind: 'accepted' | 'rejected'): readonly Vector[];
export function fingerprintOf(root: string, file: string): string;
