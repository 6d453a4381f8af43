import { type Attributes, attributesOf, hidesSome, partsOf } from './attributes-of';
import { chosenAttributes, type Choices } from './chosen-attributes';
import { emptyObject, isJsonList, isJsonObject, type Json } from '../json';
import type { Attribute, ResourceType } from '../schema/attribute';

/** Whether the chosen attributes are all that is in an answer, or what is left out of it. */
type Mode = 'only' | 'except';

const nothing: Choices = new Map();

/** Which attributes are in an answer (RFC 7644 3.9). */
export class Projection {
  private constructor(
    private readonly attributes: Attributes,
    private readonly choices: Choices,
    private readonly mode: Mode,
  ) {}

  /** What is excluded counts only where nothing is asked for by name. */
  static of(type: ResourceType, asked: readonly string[], excluded: readonly string[]): Projection {
    const [mode, names]: [Mode, readonly string[]] =
      asked.length > 0 ? ['only', asked] : ['except', excluded];
    return new Projection(attributesOf(type), chosenAttributes(type, names), mode);
  }

  /** Whether the client asked for attributes by name. */
  get named(): boolean {
    return this.mode === 'only';
  }

  readonly wants = (name: string): boolean => {
    const lower = name.toLowerCase();
    return extentOf(this.attributes.get(lower), this.choices.get(lower), this.mode) !== 'nothing';
  };

  /** What of an attribute is in the answer, if anything. */
  shown(name: string, value: Json | undefined): Json | undefined {
    return shownOf(name, value, this.attributes, this.choices, this.mode);
  }
}

/** RFC 7643 7, `returned`. */
function extentOf(
  attribute: Attribute | undefined,
  choice: true | Choices | undefined,
  mode: Mode,
): 'nothing' | 'whole' | Choices {
  const returned = attribute?.returned ?? 'default';
  if (returned === 'never') return 'nothing';
  if (returned === 'always') return 'whole';
  if (choice !== undefined && choice !== true) return choice;
  if (mode === 'only') return choice === true ? 'whole' : 'nothing';
  return choice === true || returned === 'request' ? 'nothing' : 'whole';
}

function shownOf(
  name: string,
  value: Json | undefined,
  attributes: Attributes,
  choices: Choices,
  mode: Mode,
): Json | undefined {
  const lower = name.toLowerCase();
  const attribute = attributes.get(lower);
  const extent = extentOf(attribute, choices.get(lower), mode);
  if (value === undefined || extent === 'nothing') return undefined;
  const parts = partsOf(attribute);
  return extent === 'whole'
    ? pruneValue(value, parts, nothing, 'except')
    : pruneValue(value, parts, extent, mode);
}

/** Nothing where nothing is left of it. */
function pruneValue(value: Json, parts: Attributes, choices: Choices, mode: Mode): Json | undefined {
  if (choices === nothing && !hidesSome(parts)) return value;
  if (isJsonList(value)) return value.flatMap((each) => pruneValue(each, parts, choices, mode) ?? []);
  if (!isJsonObject(value)) return mode === 'only' ? undefined : value;
  const left = emptyObject();
  for (const name of Object.keys(value)) {
    const part = shownOf(name, value[name], parts, choices, mode);
    if (part !== undefined) left[name] = part;
  }
  return Object.keys(left).length === 0 ? undefined : left;
}
