import type { IdpPreset, Instruction, Step, Texts } from '../src';

function ofInstructions(instructions: readonly Instruction[]): Texts[] {
  return instructions.flatMap((each) => (each.kind === 'say' ? [each.text] : []));
}

function ofStep({ screens }: Step): Texts[] {
  return screens.flatMap(({ name, instructions }) => [
    ...(name ? [name] : []),
    ...ofInstructions(instructions),
  ]);
}

/** Everything of a preset that is read in the reader's language. */
export function textsOf(preset: IdpPreset): readonly Texts[] {
  const { steps, provisioning, singleLogout, gotchas, errors } = preset;
  return [
    ...steps.flatMap(ofStep),
    ...ofInstructions(provisioning.instructions),
    ...provisioning.notes,
    ...ofInstructions(singleLogout.instructions),
    ...gotchas,
    ...errors.map(({ means }) => means),
  ];
}

/** Every line of all its guides. */
export function instructionsOf({ steps, provisioning, singleLogout }: IdpPreset): readonly Instruction[] {
  const guided = steps.flatMap(({ screens }) => screens.flatMap(({ instructions }) => instructions));
  return [...guided, ...provisioning.instructions, ...singleLogout.instructions];
}
