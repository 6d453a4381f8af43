import { createPublicKey } from 'node:crypto';
import { attributeMutations } from './attribute-mutations.mjs';
import { Chance } from './chance.mjs';
import { elementMutations, textMutations, valueMutations } from './markup-mutations.mjs';
import { postedMutations } from './posted-mutations.mjs';
import { encryptAssertion, signatureMutations } from './signature-mutations.mjs';
import { cpuMs } from './vector-times.mjs';

const families = [
  textMutations,
  elementMutations,
  attributeMutations,
  valueMutations,
  signatureMutations,
  signatureMutations,
].map(Object.entries);
const posted = Object.entries(postedMutations);
const slowMs = 1000;
/** Whom the refused vectors forge. */
const eve = /eve@acme|-forged/;

/**
 * Bends responses and verifies each: `check(index)` does one document. Of an honest response must come a coded refusal, or
 * the honest identity to the letter; of one that tries to smuggle Eve in, never Eve; either within a second.
 */
export class Fuzz {
  #honest;
  #hostile;
  #verify;
  #refusals;
  #seed;

  constructor({ vectors, hostile, verify, SsoError, seed }) {
    this.#verify = verify;
    this.#seed = seed;
    this.#refusals = SsoError;
    const keys = vectors.flatMap(({ request }) => request.decryptionKeys ?? []);
    this.recipient = createPublicKey(keys[0].export({ type: 'pkcs8', format: 'pem' }));
    this.#honest = vectors.map((vector) => honestly(vector, verify, keys[0]));
    this.#hostile = hostile.map((vector) => withText(vector, keys[0])).filter(({ text }) => eve.test(text));
  }

  /** What became of document number `index` of this seed. */
  check(index) {
    const { vector, request, identity, bent, names } = this.#make(index);
    const begun = cpuMs();
    const outcome = this.#judge({ ...request, samlResponse: bent }, identity);
    const ms = cpuMs() - begun;
    const where = { index, vector: vector.name, names, ms };
    if (outcome.fault) return { ...where, fault: outcome.fault };
    return ms > slowMs && this.#slowAgain(request, bent)
      ? { ...where, fault: `took ${Math.round(ms)} ms` }
      : { ...where, code: outcome.code };
  }

  #make(index) {
    const chance = new Chance(this.#seed, index);
    const base = chance.pick(chance.once(6) ? this.#hostile : this.#honest);
    const donor = chance.pick(this.#honest).text;
    const { content, names } = bend(base.text, donor, chance, this.recipient);
    const base64 = Buffer.from(content).toString('base64');
    if (!chance.once(25)) return { ...base, bent: base64, names };
    const [name, change] = chance.pick(posted);
    return { ...base, bent: change(base64, chance), names: [...names, name] };
  }

  #judge(request, identity) {
    try {
      const got = spelled(this.#verify(request));
      const sound = identity === undefined ? !eve.test(got) : got === identity;
      return sound ? { code: 'accepted' } : { fault: `accepted as ${got}` };
    } catch (error) {
      if (error instanceof this.#refusals) return { code: error.code };
      return { fault: error instanceof Error ? error.stack : String(error) };
    }
  }

  // Compiling and collecting garbage make anything slow once.
  #slowAgain(request, bent) {
    const begun = cpuMs();
    this.#judge({ ...request, samlResponse: bent }, '');
    return cpuMs() - begun > slowMs;
  }
}

function honestly(vector, verify, key) {
  const base = withText(vector, key);
  return { ...base, identity: spelled(verify(base.request)) };
}

function withText(vector, key) {
  const request = { ...vector.request, decryptionKeys: vector.request.decryptionKeys ?? [key] };
  return { vector, request, text: Buffer.from(request.samlResponse, 'base64').toString('utf8') };
}

/** One to four changes, most often one; now and then the assertion is encrypted after them. */
function bend(text, donor, chance, recipient) {
  const names = [];
  let content = text;
  for (let count = chance.pick([1, 1, 1, 2, 2, 3, 4]); count > 0 && typeof content === 'string'; count -= 1) {
    const [name, change] = chance.pick(chance.pick(families));
    content = change(content, chance, donor);
    names.push(name);
  }
  if (!chance.once(20)) return { content, names };
  return {
    content: encryptAssertion(String(content), chance, recipient),
    names: [...names, 'encrypt the assertion'],
  };
}

function spelled(identity) {
  return JSON.stringify(identity);
}

/** Counts outcomes by code, keeps the slowest and the faults. */
export class FuzzSummary {
  documents = 0;
  codes = new Map();
  faults = [];
  slowest = { ms: 0 };

  add(outcome) {
    this.documents += 1;
    const code = outcome.fault ? 'FAULT' : outcome.code;
    this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
    if (outcome.fault && this.faults.length < 20) this.faults.push(outcome);
    if (outcome.ms > this.slowest.ms) this.slowest = outcome;
  }
}
