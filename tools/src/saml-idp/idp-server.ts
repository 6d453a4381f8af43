import express from 'express';
import type { ErrorRequestHandler, Express, Request, Response } from 'express';
import { z } from 'zod';
import { listen } from '../web/listen';
import type { Listening } from '../web/listen';
import type { AuthnRequest } from './authn-request';
import { IdpDepartures } from './idp-departures';
import type { MetadataOf } from './idp-departures';
import { AUTO_SUBMIT, choicePage, homePage, problemPage, responsePage } from './idp-pages';
import type { DemoPerson } from './demo-person';
import { IdpSessions, sessionCookie } from './idp-sessions';
import { addLogoutPages } from './logout-pages';
import { html } from './send-page';
import type { SamlIdp } from './saml-idp';

export interface IdpServerOptions {
  readonly idp: SamlIdp;
  /** 0 takes a free port; the IdP's own URLs must be known before, so a fixed one is usual. */
  readonly port: number;
  readonly people: readonly DemoPerson[];
  /** Makes it answer GET and POST /slo and POST /sign-out, for the services whose metadata this finds. */
  readonly metadataOf?: MetadataOf;
  /** Adds routes of the demo to the same port. */
  readonly extend?: (app: Express) => void;
}

const messageForm = z.object({ SAMLRequest: z.string(), RelayState: z.string().optional() });
const choiceForm = messageForm.extend({ binding: z.enum(['redirect', 'post']), person: z.string() });
const portalForm = z.object({ service: z.string(), person: z.string() });
type Message = z.infer<typeof messageForm>;
type Binding = z.infer<typeof choiceForm>['binding'];

/** Signs a person of this name in at the IdP, on the way to a service. */
type Enter = (
  service: string,
  person: string,
  request: Request,
  response: Response,
) => ReturnType<typeof signedIn>;

/** The identity provider with pages for people: choose who you are, and you are signed in. */
export async function startIdpServer(options: IdpServerOptions): Promise<Listening> {
  return listen(idpApp(options), options.port);
}

/** The pages as an Express application: GET /metadata, GET and POST /sso, POST /sso/choice, POST /portal; see `metadataOf`. */
export function idpApp({ idp, people, metadataOf, extend }: IdpServerOptions): Express {
  const app = express().disable('x-powered-by');
  const sessions = new IdpSessions();
  const services = new Map<string, AuthnRequest>();
  const choose = (binding: Binding, input: unknown, response: Response) => {
    const message = messageForm.parse(input);
    const question = read(idp, binding, message);
    const { issuer } = question;
    services.set(issuer, question);
    html(response, choicePage(people, issuer, { ...fieldsOf(message), binding }));
  };
  const enter: Enter = (service, person, request, response) =>
    signedIn(sessions, service, find(people, person), request, response);
  app.use(express.urlencoded({ extended: false, limit: '256kb' }));
  app.get(
    '/metadata',
    (_, response) => void response.type('application/samlmetadata+xml').send(idp.metadata()),
  );
  app.get('/', ({ headers }, response) => {
    const person = metadataOf && sessions.of(headers.cookie)?.person;
    html(response, homePage({ people, portal: [...services.keys()], signedIn: person }));
  });
  app.get('/sso', (request, response) => choose('redirect', request.query, response));
  app.post('/sso', (request, response) => choose('post', request.body, response));
  app.post('/sso/choice', (request, response) => {
    const { binding, person, ...message } = choiceForm.parse(request.body);
    const question = read(idp, binding, message);
    const { person: found, changes } = enter(question.issuer, person, request, response);
    html(response, responsePage(idp.respond(question, found, changes)), AUTO_SUBMIT);
  });
  addPortal(app, idp, services, enter);
  if (metadataOf) addLogoutPages(app, sessions, new IdpDepartures(idp, sessions, metadataOf));
  extend?.(app);
  return app.use(problem);
}

/** Opens a service from the IdP's own page: a sign-in that nobody there asked for. */
function addPortal(
  app: Express,
  idp: SamlIdp,
  services: ReadonlyMap<string, AuthnRequest>,
  enter: Enter,
): void {
  app.post('/portal', (request, response) => {
    const { service, person } = portalForm.parse(request.body);
    const known = services.get(service);
    if (!known) throw new Error(`Nobody has signed in to ${service} from here`);
    const { issuer, acsUrl } = known;
    const { person: found, changes } = enter(issuer, person, request, response);
    html(response, responsePage(idp.initiate({ issuer, acsUrl }, found, changes)), AUTO_SUBMIT);
  });
}

/** Opens or continues the browser's session here, by which this service can be told when it ends. */
function signedIn(
  sessions: IdpSessions,
  service: string,
  who: DemoPerson,
  { headers }: Request,
  response: Response,
) {
  const session = sessions.signIn(headers.cookie, who);
  session.services.add(service);
  response.setHeader('set-cookie', sessionCookie(session));
  const { person, sessionIndex } = session;
  return { person, changes: { sessionIndex } };
}

function find(people: readonly DemoPerson[], nameId: string): DemoPerson {
  const person = people.find((candidate) => candidate.nameId === nameId);
  if (person) return person;
  throw new Error(`Nobody here is called ${nameId}`);
}

function read(idp: SamlIdp, binding: Binding, message: Message): AuthnRequest {
  const fields = fieldsOf(message);
  return binding === 'post'
    ? idp.readPost(fields)
    : idp.readRedirect(`${idp.ssoUrl}?${new URLSearchParams(fields)}`);
}

function fieldsOf({ SAMLRequest, RelayState }: Message): Record<string, string> {
  return { SAMLRequest, ...(RelayState === undefined ? {} : { RelayState }) };
}

const problem: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  response.status(400);
  html(response, problemPage(explained(error)));
};

function explained(error: unknown): string {
  if (error instanceof z.ZodError) return `This page needs a SAML request: ${z.prettifyError(error)}`;
  return error instanceof Error ? error.message : String(error);
}
