/** What can be wrong with how a server proves its name. */
export type TlsFault =
  'expired' | 'not-yet-valid' | 'wrong-host' | 'self-signed' | 'unknown-issuer' | 'handshake';

// OpenSSL's verdicts on a chain, as Node names them: https://nodejs.org/api/tls.html#x509-certificate-error-codes
const tlsCode =
  /^(EPROTO$|ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

const faults: ReadonlyMap<string, TlsFault> = new Map([
  ['CERT_HAS_EXPIRED', 'expired'],
  ['CERT_NOT_YET_VALID', 'not-yet-valid'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'wrong-host'],
  ['HOSTNAME_MISMATCH', 'wrong-host'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unknown-issuer'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'unknown-issuer'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unknown-issuer'],
]);

export const tlsMessages: Readonly<Record<TlsFault, string>> = {
  expired: "The server's TLS certificate has expired. Renew it.",
  'not-yet-valid': "The server's TLS certificate is not valid yet. Install one that is, and check its clock.",
  'wrong-host':
    "The server's TLS certificate is for another host name. Check the host name in the address, or install a certificate for it.",
  'self-signed':
    "The server's TLS certificate is self-signed, or its authority is. Install one from an authority that browsers trust.",
  'unknown-issuer':
    "The authority of the server's TLS certificate is not known. Install its intermediate certificates on the server.",
  handshake:
    'The server did not answer with TLS as we know it. Check that the port in the address speaks https.',
};

/** Undefined where an error's code says nothing of TLS. */
export function tlsFault(code: string): TlsFault | undefined {
  return tlsCode.test(code) ? (faults.get(code) ?? 'handshake') : undefined;
}
