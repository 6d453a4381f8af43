/** The steps of a sign-in in their order, with what each asks for. */
export const stages = {
  authorize: 'GET /oidc/auth',
  login: 'GET /login',
  idp: 'sign the response (not ours)',
  acs: 'POST /saml/acs',
  finish: 'GET /login/finish',
  resume: 'GET /oidc/auth/:uid',
  token: 'POST /oidc/token',
  userinfo: 'GET /oidc/me',
} as const;

export type Stage = keyof typeof stages;

/** How long each step of one sign-in took, in milliseconds. */
export class StageWatch {
  readonly took = new Map<string, number>();

  async time<Result>(stage: Stage, step: () => Promise<Result>): Promise<Result> {
    const before = performance.now();
    const result = await step();
    this.took.set(stage, performance.now() - before);
    return result;
  }

  get total(): number {
    return [...this.took.values()].reduce((sum, took) => sum + took, 0);
  }
}
