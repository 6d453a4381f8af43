export interface SsoFeature {
  /** Never changes its meaning: the portal has its own words for it. */
  readonly feature: string;
  readonly summary: string;
}

/** What single sign-on is, for whoever does not have it yet. */
export const ssoFeatures: readonly SsoFeature[] = [
  { feature: 'identity-provider', summary: 'People sign in with their company account, by SAML 2.0.' },
  {
    feature: 'verified-domains',
    summary: 'An e-mail address of a verified domain leads to its identity provider.',
  },
  {
    feature: 'members-by-first-sign-in',
    summary: 'Whoever the identity provider lets in becomes a member, if you wish.',
  },
  {
    feature: 'enforcement',
    summary: 'Single sign-on can be required of everybody, with a way in for emergencies.',
  },
  { feature: 'single-logout', summary: 'Signing out at the identity provider signs out here.' },
];
