export { nameIdFormats, type Dialect, type ServiceProvider } from './configuration';
export { whyNoSimpleSamlPhp } from './find-simplesamlphp';
export { ana, ben, type Person } from './people';
export { SimpleSamlPhp, startSimpleSamlPhp, type SimpleSamlPhpOptions } from './simplesamlphp';
