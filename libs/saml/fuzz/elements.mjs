const tag = /<(\/?)([A-Za-z_][\w.:-]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>/g;

/** Where the elements of a text are; of one that is no longer well-formed, those that can be made out. */
export function elementsIn(text) {
  const open = [];
  const found = [];
  for (const match of text.matchAll(tag)) {
    const [whole, slash, name, rest] = match;
    const end = match.index + whole.length;
    if (slash) close(open, found, name, match.index, end);
    else if (rest.endsWith('/')) found.push({ name, start: match.index, end, inner: end, innerEnd: end });
    else open.push({ name, start: match.index, inner: end });
  }
  return found;
}

function close(open, found, name, innerEnd, end) {
  const at = open.findLastIndex((element) => element.name === name);
  if (at === -1) return;
  const [element] = open.splice(at);
  found.push({ ...element, innerEnd, end });
}

export function elementsNamed(text, local) {
  return elementsIn(text).filter(({ name }) => name.slice(name.indexOf(':') + 1) === local);
}

export const textOf = (text, { start, end }) => text.slice(start, end);

export function replaceRange(text, start, end, by) {
  return text.slice(0, start) + by + text.slice(end);
}

/** Each attribute of each tag, with the places of its name and its value. */
export function attributesIn(text) {
  return [...text.matchAll(/\s([\w.:-]+)=(?:"([^"<]*)"|'([^'<]*)')/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    name: match[1],
    value: match[2] ?? match[3] ?? '',
  }));
}

/** Text between tags that is more than white space. */
export function valuesIn(text) {
  return [...text.matchAll(/>([^<>]*[^<>\s][^<>]*)</g)].map((match) => ({
    start: match.index + 1,
    end: match.index + match[0].length - 1,
    value: match[1],
  }));
}
