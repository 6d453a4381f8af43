/** One mail to one person, in both forms; the sender is the deployment's. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Hands mails to the deployment's mail server; a rejected promise means it was not taken and may be tried again. */
export abstract class Mailer {
  abstract send(mail: Mail): Promise<void>;
}
