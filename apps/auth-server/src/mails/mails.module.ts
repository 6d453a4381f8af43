import { Chance, KeyRing, MailStore } from '@gatehouse/core';
import { PostgresMailStore } from '@gatehouse/core-postgres';
import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MailsController } from './mails.controller';

@Module({
  controllers: [MailsController],
  providers: [
    {
      provide: MailStore,
      inject: [DataSource, KeyRing, Chance],
      useFactory: (database: DataSource, keyRing: KeyRing, chance: Chance) =>
        new PostgresMailStore(database, keyRing, chance),
    },
  ],
})
export class MailsModule {}
