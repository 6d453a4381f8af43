export * from './instructions';
export * from './preset';
export { findPreset, presets, recognisePreset, searchPresets } from './registry';
