import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { errorCatalogue, reachOf, roles, scopes } from '@gatehouse/core';

const text = readFileSync(resolve(__dirname, '../../../docs/api-access.md'), 'utf8');

describe('docs/api-access.md', () => {
  it('shows the table of roles and scopes as the code has it [TEN-3] [SES-4]', () => {
    const rows = text.split('\n').filter((line) => /^\| `[a-z-]+:(?:read|write)`/.test(line));
    const cells = rows.map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    const shown = (reach: string) => (reach === 'none' ? '-' : reach);
    expect(cells).toEqual(
      scopes.map((scope) => [`\`${scope}\``, ...roles.map((role) => shown(reachOf(role, scope)))]),
    );
  });

  it('names no code that there is not [APP-3]', () => {
    const codes = [...text.slice(text.indexOf('## What is refused')).matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)];
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.map(([, code]) => code).filter((code = '') => !Object.hasOwn(errorCatalogue, code))).toEqual(
      [],
    );
  });
});
