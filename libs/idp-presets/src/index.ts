export * from './instructions';
export * from './preset';
export { findPreset, presets, recognisePreset, searchPresets } from './registry';
export { acsValidator, auth0Settings, type OwnAddresses } from './ready-values';
