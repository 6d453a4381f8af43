/** What the script put into the form; what is no JSON is no answer of an authenticator, and its check says so. */
export function readPasskeyAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
