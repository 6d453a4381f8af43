/**
 * The content security policy of the issuer's pages. `script-src` is spelled out because oidc-provider adds the hash of its
 * one script (response_mode=form_post) to it.
 */
export function pagePolicy(scripts: "'none'" | "'self'" = "'none'"): string {
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self'",
    "img-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}
