export { createTestDatabase, type TestDatabase } from './create-test-database';
export { queueing } from '../mail/queue-mail';
export { forgetMails, takeMails } from './take-mails';
