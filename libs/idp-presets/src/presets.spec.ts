import { instructionsOf, textsOf } from '../test/texts-of';
import { sampleFolders, seenMetadata, sentAttributes } from '../test/samples';
import { stepIds, type IdpPreset, type OwnValue } from './index';
import { presets, recognisePreset, searchPresets } from './registry';

const rows = presets.map((preset): [string, IdpPreset] => [preset.id, preset]);
const saml = rows.filter(([, { protocol }]) => protocol === 'saml');
// What stands for any identity provider claims nobody's metadata.
const recognisable = saml.filter(([id]) => !id.startsWith('generic'));

/** Every value of ours that an instruction places, whichever screen the console shows. */
function placed(preset: IdpPreset): Set<OwnValue> {
  const values = instructionsOf(preset).flatMap((each) =>
    each.kind === 'set' && each.to.kind === 'ours' ? [each.to.value] : [],
  );
  return new Set(values);
}

describe('presets', () => {
  it('are found by their own ID alone [CON-2]', () => {
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
  });

  it('each have a folder of samples, and no folder is left over [CON-2]', () => {
    expect([...sampleFolders].sort()).toEqual(presets.map(({ id }) => id).sort());
  });

  it('are found by a name they had, at the beginning of any word [CON-2]', () => {
    for (const preset of presets)
      for (const name of [preset.name, ...preset.alsoKnownAs]) {
        const words = name.split(/[\s(]+/).filter((word) => word !== '');
        for (const word of words) expect(searchPresets(word.slice(0, 4).toUpperCase())).toContain(preset);
      }
    expect(searchPresets('no such provider')).toEqual([]);
  });
});

describe.each(rows)('the preset of %s', (id, preset) => {
  it('leads through its steps in order, each with something to do [CON-2]', () => {
    const order = preset.steps.map((step) => stepIds.indexOf(step.id));
    expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
    for (const { screens } of preset.steps)
      for (const { instructions } of screens) expect(instructions.length).toBeGreaterThan(0);
  });

  it('tells apart the screens of one step where there are several [CON-2]', () => {
    const several = preset.steps.filter(({ screens }) => screens.length > 1);
    for (const { screens } of several)
      for (const screen of screens.slice(1)) expect(screen.name).toBeDefined();
  });

  it('says everything in each language, and copies no language from another [POR-5]', () => {
    for (const { en, de, fr } of textsOf(preset)) {
      expect([en, de, fr].every((text) => text.trim().length > 3)).toBe(true);
      expect(new Set([en, de, fr]).size).toBe(3);
    }
  });

  it('says how sure it is, and until when [CON-2]', () => {
    const { on, recheckBy } = preset.verified;
    expect(new Date(recheckBy).getTime()).toBeGreaterThan(new Date(on).getTime());
  });

  it('maps the e-mail address from what its dialect sends [CON-11]', () => {
    const sent = sentAttributes(id);
    const byName = preset.mapping.email.some((name) => sent.includes(name));
    expect(byName || preset.settings.nameIdFormat === 'emailAddress').toBe(true);
    expect(sent.length).toBeGreaterThan(0);
  });
});

describe.each(saml)('the preset of %s, which speaks SAML,', (_, preset) => {
  it('places our ACS URL and entity ID, and says how people are assigned [CON-3] [CON-18]', () => {
    const values = placed(preset);
    const byMetadata = values.has('metadata-url');
    expect(byMetadata || values.has('acs-url') || values.has('auth0-settings')).toBe(true);
    expect(byMetadata || values.has('entity-id') || values.has('auth0-settings')).toBe(true);
    expect(preset.steps.map((step) => step.id)).toEqual(
      expect.arrayContaining(['enter-values', 'metadata', 'assign']),
    );
  });

  it('leads to the field for everything that goes wrong most [CON-9]', () => {
    const wanted = [
      'audience',
      'acs-url',
      'name-id',
      'email-attribute',
      'signature-algorithm',
      'certificate',
    ];
    expect(Object.keys(preset.places)).toEqual(expect.arrayContaining([...wanted, 'assignment']));
  });
});

it.each(recognisable)('recognises the metadata of %s, and nobody else does [CON-7]', (id, preset) => {
  const seen = seenMetadata(id);
  expect(seen && recognisePreset(seen)).toBe(preset);
});
