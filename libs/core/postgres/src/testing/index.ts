export { createTestDatabase, type TestDatabase } from './create-test-database';
export { queueing } from '../mail/queue-mail';
