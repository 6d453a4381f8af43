import { decideAccess, type AccessDecision, type AccessMethod, type AccessRule } from './decide-access';
import type { JudgedTenant } from './census';
import type { MemberStanding } from './enforcement-store';

/** A decision with the reason in words (ENF-13). */
export interface Explanation extends MemberStanding {
  readonly method: AccessMethod;
  readonly at: Date;
  readonly decision: AccessDecision;
  readonly sentence: string;
}

/** What would be decided of a member as it is now, at any time and under any policy. */
export function explainAccess(
  tenant: JudgedTenant,
  standing: MemberStanding,
  method: AccessMethod,
  at: Date,
): Explanation {
  const { member } = standing.person;
  const decision = decideAccess({ tenant, member, method, now: at });
  const said = [sentences[decision.rule](standing), ...more(decision, standing, method)];
  return { ...standing, method, at, decision, sentence: said.join(' ') };
}

type Sentence = (standing: MemberStanding) => string;

const sentences: Readonly<Record<AccessRule, Sentence>> = {
  'tenant-suspended': () => 'The organisation is suspended, so nobody comes in.',
  'member-suspended': () => 'The member is suspended.',
  'sso-off': () => 'Single sign-on is switched off in this organisation.',
  'sso-not-entitled': () => 'The organisation may not use single sign-on at present.',
  'member-not-on-sso': () =>
    "The member's own setting is a password, and a person uses either that or single sign-on.",
  'member-on-sso': () =>
    "The member's own setting is single sign-on, which no exemption and no role but an owner's gets past.",
  'sso-required': () =>
    'Single sign-on is required, and the member is neither exempt nor of a role that keeps a way in.',
  'signed-in-by-sso': () => 'Single sign-on is on, and nothing keeps the member from it.',
  'sso-not-in-effect': () => 'Single sign-on is off here, so it binds nobody.',
  'member-on-password': () => "The member's own setting is a password, whatever holds for the others.",
  'sso-optional': () => 'Single sign-on is optional, so the member may use either.',
  exempt: ({ person }) => exemptSentence(person.member.exemption?.until),
  'break-glass': ({ person }) =>
    `The role "${person.member.role}" keeps a way in for emergencies; its use is told to all owners.`,
};

function exemptSentence(until: Date | undefined): string {
  return `The member is exempt from single sign-on${until ? ` until ${until.toISOString()}` : ''}.`;
}

function more(decision: AccessDecision, { reach }: MemberStanding, method: AccessMethod): string[] {
  if (!decision.allowed) return [];
  if (method === 'sso') return reach === 'linked' ? [] : [unlinked[reach]];
  return method === 'password' && decision.secondFactor === 'required'
    ? ['A second factor is asked for besides the password, and set up first where there is none.']
    : [];
}

const unlinked = {
  'by-email': 'No identity is linked yet; the first sign-in links the one with the same e-mail address.',
  none: 'No identity is linked to the member yet, so a link must be made first.',
} as const;
