const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/** Character data as Canonical XML 1.0, 2.3 writes it. */
export function canonicalText(text: string): string {
  return text.replace(/[&<>\r]/g, toReference);
}

/** An attribute's value as Canonical XML 1.0, 2.3 writes it, which is not how it writes character data. */
export function canonicalValue(value: string): string {
  return value.replace(/[&<"\t\n\r]/g, toReference);
}

function toReference(character: string): string {
  return references[character] ?? character;
}
