export type { CaughtMail } from './caught-mail';
export { startMailCatcher } from './mail-catcher';
export type { MailCatcher, MailCatcherOptions } from './mail-catcher';
