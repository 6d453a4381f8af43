/** Whether people of a tenant may, or must, come in by its identity provider (ENF-1). */
export const ssoModes = ['off', 'optional', 'required'] as const;
export type SsoMode = (typeof ssoModes)[number];

/** Who keeps a password under `required`, so that an outage of the identity provider locks no team out (ENF-4). */
export const breakGlassChoices = ['owner', 'owner-and-admin'] as const;
export type BreakGlassChoice = (typeof breakGlassChoices)[number];

/** Whether a password alone will do for whoever has set no second factor up. */
export const secondFactorRules = ['if-enrolled', 'required'] as const;
export type SecondFactorRule = (typeof secondFactorRules)[number];

/** For some days, sign-ins that `required` would refuse are counted and named, and let in (ENF-10). */
export interface DryRun {
  readonly since: Date;
  readonly until: Date;
}

/** How the people of one tenant sign in. */
export interface SignInPolicy {
  readonly sso: SsoMode;
  /** What `sso` becomes when the first connection is switched on. */
  readonly ssoWhenEnabled: Exclude<SsoMode, 'off'>;
  readonly breakGlass: BreakGlassChoice;
  /** Whether members who are added while SSO is on start with `sso` as their own setting (ENF-7). */
  readonly newMembersOnSso: boolean;
  readonly secondFactor: SecondFactorRule;
  readonly dryRun?: DryRun;
}

/** Of a tenant that has not switched single sign-on on. */
export const startingPolicy: SignInPolicy = {
  sso: 'off',
  ssoWhenEnabled: 'optional',
  breakGlass: 'owner',
  newMembersOnSso: true,
  secondFactor: 'if-enrolled',
};
