import type { IdpPreset, SeenMetadata } from './preset';
import { adFs } from './presets/ad-fs';
import { auth0 } from './presets/auth0';
import { bitium } from './presets/bitium';
import { cloudflare } from './presets/cloudflare';
import { cyberArk } from './presets/cyberark';
import { duo } from './presets/duo';
import { entraId } from './presets/entra-id';
import { genericOidc } from './presets/generic-oidc';
import { genericSaml } from './presets/generic-saml';
import { googleWorkspace } from './presets/google-workspace';
import { jumpCloud } from './presets/jumpcloud';
import { keycloak } from './presets/keycloak';
import { lastPass } from './presets/lastpass';
import { okta } from './presets/okta';
import { oneLogin } from './presets/onelogin';
import { pingFederate } from './presets/pingfederate';
import { pingOne } from './presets/pingone';
import { rippling } from './presets/rippling';
import { shibboleth } from './presets/shibboleth';
import { simpleSamlPhp } from './presets/simplesamlphp';

/** Every preset that is shipped: one line each, in the order in which the portal shows them. */
export const presets: readonly IdpPreset[] = [
  okta,
  entraId,
  googleWorkspace,
  oneLogin,
  jumpCloud,
  auth0,
  pingFederate,
  pingOne,
  duo,
  adFs,
  keycloak,
  shibboleth,
  simpleSamlPhp,
  cyberArk,
  rippling,
  cloudflare,
  lastPass,
  bitium,
  genericSaml,
  genericOidc,
];

export function findPreset(id: string): IdpPreset | undefined {
  return presets.find((preset) => preset.id === id);
}

/** Those whose name, or a name that they had, begins a word with what was typed. */
export function searchPresets(typed: string, among: readonly IdpPreset[] = presets): readonly IdpPreset[] {
  const wanted = typed.trim().toLowerCase();
  return among.filter(({ name, alsoKnownAs }) =>
    [name, ...alsoKnownAs].some((each) => ` ${each.toLowerCase()}`.includes(` ${wanted}`)),
  );
}

/** Whose metadata this is; nobody where none, or more than one, says that it is its own. */
export function recognisePreset(
  metadata: SeenMetadata,
  among: readonly IdpPreset[] = presets,
): IdpPreset | undefined {
  const claiming = among.filter((preset) => preset.recognises(metadata));
  return claiming.length === 1 ? claiming[0] : undefined;
}
