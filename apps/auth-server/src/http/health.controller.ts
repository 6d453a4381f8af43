import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DataSource } from 'typeorm';

@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(private readonly database: DataSource) {}

  /** The process answers. */
  @Get('healthz')
  healthz() {
    return { status: 'ok' };
  }

  /** The process can do its work: its database answers. */
  @Get('readyz')
  async readyz() {
    await this.database.query('SELECT 1');
    return { status: 'ready' };
  }
}
