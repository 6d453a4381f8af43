import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errorCatalogue, isErrorCode, type ErrorCode } from '@gatehouse/core';
import ts from 'typescript';
import { errorStatus } from '../src/http/error-status';
import { de } from '../src/pages/texts/de';
import { en } from '../src/pages/texts/en';
import { fr } from '../src/pages/texts/fr';

const root = resolve(__dirname, '../../..');
const folders = ['libs/saml/src', 'libs/core/src/login', 'libs/core/src/sessions', 'libs/core/src/linking'];

interface Throw {
  readonly where: string;
  readonly node: ts.NewExpression;
  readonly source: ts.SourceFile;
}

/** Every `new SsoError(…)` of the code that an answer of an identity provider runs through. */
const throws = folders.flatMap(filesIn).flatMap(throwsIn);

function filesIn(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return /(?<!\.spec)\.ts$/.test(entry.name) ? [path] : [];
  });
}

function throwsIn(path: string): Throw[] {
  const text = readFileSync(join(root, path), 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Throw[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText(source) === 'SsoError') {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ where: `${path}:${line + 1}`, node, source });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The names in the details: written there, or in the constant of the same function that they are taken from. */
function detailNames({ node, source }: Throw): string[] {
  const details = node.arguments?.[2];
  if (!details) return [];
  const literal = ts.isIdentifier(details) ? constantNamed(details.text, source, node.pos) : details;
  if (!literal || !ts.isObjectLiteralExpression(literal)) return [];
  return literal.properties.map((property) => property.name?.getText(source) ?? '');
}

function constantNamed(name: string, source: ts.SourceFile, before: number): ts.Expression | undefined {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    const isIt = ts.isVariableDeclaration(node) && node.name.getText(source) === name && node.pos < before;
    if (isIt && node.initializer) found.push(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.at(-1);
}

const samlCodes = Object.keys(errorCatalogue)
  .filter(isErrorCode)
  .filter((code) => code.startsWith('saml_'));

/** What an answer can also end in, once its signature is verified. */
const afterwards: readonly ErrorCode[] = [
  'email_domain_not_verified',
  'member_removed',
  'deprovisioned',
  'invitation_unopened',
  'link_required',
  'jit_disabled',
  'member_suspended',
  'tenant_suspended',
  'connection_disabled',
  'connection_incomplete',
  'test_person_not_admin',
  'test_outdated',
];

/** Faults of the document or of the moment: no setting of the identity provider brings them about. */
const withoutField: readonly string[] = [
  'saml_encoding_invalid',
  'saml_xml_invalid',
  'saml_dtd_forbidden',
  'saml_structure_invalid',
  'saml_multiple_assertions',
  'saml_reference_invalid',
  'saml_confirmation_missing',
  'saml_condition_unknown',
  'saml_date_invalid',
  'saml_in_response_to_unknown',
  'saml_authn_statement_missing',
  'saml_replay',
];

describe('every reason for which an answer is refused [SML-14]', () => {
  it.each([...samlCodes, ...afterwards])(
    '%s has a status, a side that mends it and an explanation',
    (code) => {
      expect(errorStatus(code)).toBeGreaterThanOrEqual(400);
      expect(errorStatus(code)).toBeLessThan(500);
      const { mender, text } = errorCatalogue[code];
      expect(['person', 'it-admin', 'operator']).toContain(mender);
      for (const { messages } of [en, de, fr]) expect(messages[text]('Acme').length).toBeGreaterThan(20);
    },
  );

  it.each(samlCodes)('%s names the setting to change, unless no setting brings it about', (code) => {
    expect(errorCatalogue[code].field === undefined).toBe(withoutField.includes(code));
  });

  it('is thrown with what was wanted and what came, wherever it is thrown', () => {
    const coded = throws.filter(({ node }) => {
      const code = node.arguments?.[0]?.getText().replaceAll("'", '') ?? '';
      return !isErrorCode(code) || code.startsWith('saml_') || afterwards.includes(code);
    });
    expect(coded.length).toBeGreaterThan(40);
    const bare = coded.filter((each) => {
      const names = detailNames(each);
      return !names.includes('want') || !names.includes('got');
    });
    expect(bare.map(({ where, node }) => `${where} ${node.arguments?.[0]?.getText() ?? ''}`)).toEqual([]);
  });
});
