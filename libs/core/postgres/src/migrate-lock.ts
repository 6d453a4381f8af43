/** Names the advisory lock under which roles, databases and tables are made; any number that nobody else uses. */
export const migrationLock = 7_236_401;
