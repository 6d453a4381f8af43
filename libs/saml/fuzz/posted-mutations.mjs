const at = (text, chance) => chance.below(text.length + 1);
const put = (text, place, what) => text.slice(0, place) + what + text.slice(place);

/** On the base64 that is posted. */
export const postedMutations = {
  'break lines': (base64) => (base64.match(/.{1,76}/g) ?? []).join('\r\n'),
  'use the other alphabet': (base64) => base64.replaceAll('+', '-').replaceAll('/', '_'),
  'put junk between': (base64, chance) =>
    put(base64, at(base64, chance), chance.pick(['!', '=', '\0', '-', '%', '\u00e9', ',', '====', '"'])),
  'cut the end': (base64, chance) => base64.slice(0, at(base64, chance)),
  'drop the padding': (base64) => base64.replace(/=+$/, ''),
  'pad more': (base64, chance) => base64 + '='.repeat(1 + chance.below(4)),
  'change one character': (base64, chance) => {
    const place = at(base64, chance);
    return put(base64.slice(0, place) + base64.slice(place + 1), place, chance.pick([...'ABCxyz019+/']));
  },
  'encode again': (base64) => Buffer.from(base64).toString('base64'),
  'set surplus bits': (base64) =>
    base64.replace(/[A-Za-z0-9+/](?==*$)/, (letter) => String.fromCharCode(letter.charCodeAt(0) ^ 1)),
};
