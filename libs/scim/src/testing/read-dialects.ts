import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Dialect, listIn, objectIn, type Phase, readExchange, textIn, textsIn } from './dialect';
import type { Json } from '../json';
import { parseJson } from '../parse-json';

const home = join(__dirname, '..', '..', 'test', 'dialects');

/** The recorded sequences of all clients, from `test/dialects`. */
export function readDialects(): readonly Dialect[] {
  const states = read('states.json');
  const folders = readdirSync(home, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => readDialect(name, states));
}

function readDialect(folder: string, states: Json): Dialect {
  const client = read(folder, 'client.json');
  const phases = Object.keys(objectIn({ states }, 'states')).map((name): Phase => {
    const exchanges = listIn(read(folder, `${name}.json`)).map(readExchange);
    return { name, exchanges, state: objectIn(states, name) };
  });
  return {
    folder,
    client: textIn(client, 'client'),
    headers: textsIn(objectIn(client, 'headers')),
    phases,
  };
}

function read(...path: readonly string[]): Json {
  return parseJson(readFileSync(join(home, ...path), 'utf8'));
}
