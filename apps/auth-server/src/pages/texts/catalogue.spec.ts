import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { languages } from './language';
import { textsIn } from './texts';

const source = resolve(__dirname, '../..');

/** Stands for what is inserted. */
const insert = '\uFFFC';

/** One template of markup, its inserts replaced by a mark. */
interface Template {
  readonly where: string;
  readonly markup: string;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return /(?<!\.spec|\.d)\.ts$/.test(entry.name) ? [path] : [];
  });
}

function templatesIn(path: string, text = readFileSync(path, 'utf8')): Template[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Template[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText(file) === 'html') {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push({ where: `${relative(source, path)}:${line + 1}`, markup: markupOf(node.template) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Text that is written in the code of an insert counts as if it stood in the markup. */
function markupOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  const spans = template.templateSpans.map(({ expression, literal }) => writtenIn(expression) + literal.text);
  return template.head.text + spans.join('');
}

function writtenIn(node: ts.Expression): string {
  if (ts.isConditionalExpression(node)) return writtenIn(node.whenTrue) + writtenIn(node.whenFalse);
  if (ts.isBinaryExpression(node)) return writtenIn(node.right);
  return ts.isStringLiteral(node) ? node.text : insert;
}

/** What a person would read or hear: text between tags, and the attributes that are read out or shown. */
function spokenIn(template: string): string[] {
  const isAttribute = /^(?:[\s\uFFFC]*[\w-]+="[^"]*"[\s\uFFFC]*)+$/.test(template);
  const markup = isAttribute ? `<a ${template}>` : template;
  const attributes = [
    ...markup.matchAll(/\s(?:alt|title|placeholder|aria-label|aria-description)="([^"]*)"/g),
  ];
  const text = markup.replaceAll(/<!--.*?-->|<!doctype html>|<(?:[^<>"]|"[^"]*")*>/gis, '\n').split('\n');
  return [...text, ...attributes.map(([, value = '']) => value)]
    .map((said) => said.replaceAll(insert, '').trim())
    .filter((said) => /\p{L}/u.test(said));
}

function textsWithin(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value('X', 'Y', 'Z'))]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsWithin(inner, `${path}.${name}`));
}

describe('the catalogue of texts [POR-2]', () => {
  it('holds all that any page says: there is no text in the markup itself', () => {
    const templates = filesIn(source).flatMap((path) => templatesIn(path));
    expect(templates.length).toBeGreaterThan(20);
    const outside = templates.flatMap(({ where, markup }) =>
      spokenIn(markup).map((said) => `${where} ${said}`),
    );
    expect(outside).toEqual([]);
  });

  it('would miss a text that was written into a page', () => {
    const page =
      'html`<p title="${x}">${a === "off" ? "Hello" : b}</p><img alt="A picture" /><a href="/login">There</a>`';
    expect(templatesIn('page.ts', page).flatMap(({ markup }) => spokenIn(markup))).toEqual([
      'Hello',
      'There',
      'A picture',
    ]);
  });

  it.each(languages)('says everything in %s, and nothing twice over', (language) => {
    const texts = textsWithin(textsIn(language), language);
    expect(texts.length).toBeGreaterThan(80);
    for (const [path, said] of texts) {
      expect([path, said.trim()]).toEqual([path, said]);
      expect([path, said]).not.toEqual([path, '']);
      expect([path, /undefined|\[object/.test(said)]).toEqual([path, false]);
    }
  });

  it.each(languages.filter((language) => language !== 'en'))(
    'is translated: hardly a text is the same in English and in %s',
    (language) => {
      const english = new Map(textsWithin(textsIn('en'), ''));
      const same = textsWithin(textsIn(language), '').filter(([path, said]) => english.get(path) === said);
      // Words that are the same in both, such as "Code"; a sentence never is.
      expect(same.filter(([, said]) => said.includes(' '))).toEqual([]);
    },
  );
});
