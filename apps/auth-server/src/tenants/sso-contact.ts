/** Whom to ask for single sign-on (TEN-9): a text, and where that is an address the link to it. */
export interface SsoContact {
  readonly text: string;
  readonly url?: string;
}

/** Reads `SSO_CONTACT`: a web address, an e-mail address, or a sentence. */
export function readSsoContact(text: string): SsoContact {
  const protocol = URL.parse(text)?.protocol;
  if (protocol === 'https:' || protocol === 'http:' || protocol === 'mailto:') return { text, url: text };
  return /^[^\s@]+@[^\s@]+$/.test(text) ? { text, url: `mailto:${text}` } : { text };
}
