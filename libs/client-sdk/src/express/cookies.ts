import type { SsoRequest, SsoResponse } from './http.ts';

const sessionName = 'gatehouse_session';
const flowName = 'gatehouse_flow_';
const mostFlows = 5;

/** The cookies of one request and its answer. `__Host-` keeps subdomains and plain http from setting them. */
export class Cookies {
  private readonly secure: boolean;
  private readonly jar: ReadonlyMap<string, string>;

  constructor(
    origin: string,
    request: SsoRequest,
    private readonly response: SsoResponse,
  ) {
    this.secure = origin.startsWith('https:');
    this.jar = parse(request.headers.cookie ?? '');
  }

  get session(): string | undefined {
    return this.jar.get(this.name(sessionName));
  }

  setSession(value: string, seconds: number): void {
    this.set(this.name(sessionName), value, seconds);
  }

  clearSession(): void {
    this.set(this.name(sessionName), '', 0);
  }

  /** Each started sign-in has its own cookie, so that two tabs do not disturb each other. */
  flow(state: string): string | undefined {
    return this.jar.get(this.flowName(state));
  }

  setFlow(state: string, value: string, seconds: number): void {
    const others = [...this.jar.keys()].filter((name) => name.startsWith(this.name(flowName)));
    // Sign-ins that were given up must not fill the request's header.
    if (others.length >= mostFlows) for (const name of others) this.set(name, '', 0);
    this.set(this.flowName(state), value, seconds);
  }

  clearFlow(state: string): void {
    if (this.flow(state) !== undefined) this.set(this.flowName(state), '', 0);
  }

  private flowName(state: string): string {
    return this.name(flowName) + state.replaceAll(/[^\w-]/g, '').slice(0, 8);
  }

  private name(base: string): string {
    return this.secure ? `__Host-${base}` : base;
  }

  private set(name: string, value: string, seconds: number): void {
    const attributes = `Path=/; Max-Age=${Math.floor(seconds)}; HttpOnly; SameSite=Lax`;
    this.response.appendHeader(
      'set-cookie',
      `${name}=${value}; ${attributes}${this.secure ? '; Secure' : ''}`,
    );
  }
}

function parse(header: string): Map<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim());
  return new Map(
    pairs.flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 1 ? [] : [[pair.slice(0, at), pair.slice(at + 1)] as const];
    }),
  );
}
