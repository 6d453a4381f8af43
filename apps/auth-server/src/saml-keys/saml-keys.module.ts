import { Module } from '@nestjs/common';
import { SamlKeysController } from './saml-keys.controller';

@Module({ controllers: [SamlKeysController] })
export class SamlKeysModule {}
