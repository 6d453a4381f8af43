// RFC 3463 3.2: "5.1.x" is about the address itself. Other refusals of a recipient ("5.7.1 relay denied", "5.2.2 mailbox
// full") are for the operator or the person to mend, so that a later attempt may succeed.
const badAddress = /^5\d\d[ -]5\.1\.\d/;

/** Whether the server refused the mail because there is no such mailbox, now or later. */
export function mailboxIsBad(error: unknown): error is Error {
  return error instanceof Error && 'response' in error && badAddress.test(String(error.response));
}
