/** RFC 6749 2.3.1: both parts are form-encoded before they are joined. */
export function clientSecretBasic(id: string, secret: string): string {
  const encode = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);
  return `Basic ${btoa(`${encode(id)}:${encode(secret)}`)}`;
}
