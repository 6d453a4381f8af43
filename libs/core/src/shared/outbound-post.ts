/** Hands a form to a server whose address someone outside the deployment chose. */
export abstract class OutboundPost {
  /**
   * The status it answered with; nothing else of the answer is read, and no redirect is followed. Refuses with an
   * `SsoError` that says why where there was no answer.
   */
  abstract post(url: string, form: Readonly<Record<string, string>>, timeoutMs: number): Promise<number>;
}
