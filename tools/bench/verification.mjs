// `npm run bench:verification`: how many signed responses a core verifies, beside the libraries of the field, in one run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from '../runtime/build.mjs';
import { root } from '../runtime/root.mjs';
import { chooseCores, onCore } from './cores.mjs';
import { installPeers, peersFolder } from './install-peers.mjs';

const rounds = 3;
const seconds = 3;
/** The last one is what the others are compared with. */
const contenders = [
  ['Gatehouse, both signatures', join(root, 'libs/saml/bench/verify.mjs')],
  ['@boxyhq/saml20 1.13.2, one signature', join(peersFolder, 'saml20.mjs')],
  ['@node-saml/node-saml 5.1.0, both signatures', join(peersFolder, 'node-saml.mjs')],
];

await build();
installPeers();
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-verification-'));
try {
  const responses = join(folder, 'responses.json');
  const bytes = writeResponses(responses);
  const rates = contenders.map(() => []);
  // Round by round, so that what else the machine does falls on everybody alike.
  for (let round = 0; round < rounds; round += 1)
    contenders.forEach(([, module], index) => rates[index].push(runRound(module, responses)));
  console.log(table(rates, bytes));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Twenty people of one identity provider, response and assertion signed with RSA-2048 and SHA-256. */
function writeResponses(file) {
  const { SamlIdp } = createRequire(import.meta.url)(join(root, 'tools/dist/saml-idp/index.js'));
  const idpEntityId = 'https://idp.example/entity';
  const [spEntityId, acsUrl] = ['https://sso.example/saml/metadata', 'https://sso.example/saml/acs'];
  const idp = new SamlIdp({ entityId: idpEntityId, ssoUrl: 'https://idp.example/sso', sign: 'both' });
  const groups = ['Everyone', 'Engineering', 'Payments', 'On call', 'Berlin'];
  const responses = Array.from({ length: 20 }, (_, index) => {
    const subject = `person-${index}@bench.example`;
    const person = { nameId: subject, email: subject, firstName: 'Ben', lastName: 'Example', groups };
    const question = { id: `_request-${index}`, issuer: spEntityId, acsUrl };
    return { subject, samlResponse: idp.respond(question, person).form.SAMLResponse };
  });
  const now = new Date().toISOString();
  const { certificatePem } = idp.key;
  writeFileSync(file, JSON.stringify({ responses, idpEntityId, spEntityId, acsUrl, certificatePem, now }));
  return Buffer.from(responses[0].samlResponse, 'base64').length;
}

function runRound(module, responses) {
  const script = join(root, 'tools/bench/verify-for.mjs');
  const command = [process.execPath, script, pathToFileURL(module).href, responses, String(seconds)];
  const [program, ...rest] = onCore(chooseCores(), command);
  const { status, stdout, stderr } = spawnSync(program, rest, { encoding: 'utf8', timeout: 60_000 });
  if (status !== 0) throw new Error(`${module} did not verify: ${stderr}`);
  return JSON.parse(stdout).perCpuSecond;
}

function table(rates, bytes) {
  const sorted = rates.map((list) => list.toSorted((one, other) => one - other));
  const base = sorted.at(-1)[Math.floor(rounds / 2)];
  const lines = contenders.map(([name], index) => {
    const list = sorted[index];
    const figures = [list[0], list[Math.floor(rounds / 2)], list.at(-1)].map((rate) => rate.toFixed(0));
    return `| ${[name, ...figures, (list[Math.floor(rounds / 2)] / base).toFixed(1)].join(' | ')} |`;
  });
  return [
    `Verified responses per second of CPU, ${bytes} bytes each, ${rounds} rounds of ${seconds} s after warm-up, Node ${process.versions.node}`,
    '',
    '| verifier | min | median | max | times node-saml |',
    '| --- | --: | --: | --: | --: |',
    ...lines,
  ].join('\n');
}
