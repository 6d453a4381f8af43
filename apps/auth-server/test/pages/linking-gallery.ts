import {
  renderLinkAsked,
  renderMailedLink,
  renderUnusableLink,
} from '../../src/pages/linking/mailed-link-page';
import {
  renderLinkCode,
  renderLinked,
  renderLinkOver,
  renderLinkQuestion,
} from '../../src/pages/linking/pending-link-page';
import type { Reader } from '../../src/pages/reader';

/** What the pages that connect an account insert into their texts. */
export const insertedByLinking = { identity: 'ana.privat@acme.example' } as const;

const token = 'a'.repeat(43);
const names = { organisation: '‹Acme Inc.›', connection: '‹Acme Okta›', email: 'ana@acme.example' };
const page = {
  ...{ ...names, id: 'plnk_01kbkrrt000000000000000001', slug: 'acme', identity: insertedByLinking.identity },
  ...{ sameAddress: false, joins: false, codeSent: true },
};

/** Every page on which an account is connected to an identity. */
export function linkingPagesFor(reader: Reader): Readonly<Record<string, string>> {
  const { linking } = reader.texts;
  const problem = { field: 'code', text: linking.codeWrong };
  const nameless = { ...page, identity: undefined };
  return {
    'link-mailed': renderMailedLink(reader, { ...names, token }),
    'link-unknown': renderUnusableLink(reader, 'unknown'),
    'link-used': renderUnusableLink(reader, 'used'),
    'link-expired': renderUnusableLink(reader, 'expired', token),
    'link-revoked': renderUnusableLink(reader, 'revoked', token),
    'link-asked': renderLinkAsked(reader),
    'link-code': renderLinkCode(reader, page),
    'link-code-joins': renderLinkCode(reader, { ...page, sameAddress: true, joins: true }),
    'link-code-wrong': renderLinkCode(reader, nameless, problem),
    'link-code-later': renderLinkCode(reader, { ...page, codeSent: false }, { text: linking.slowDown(1) }),
    'link-code-no-more': renderLinkCode(reader, page, { text: linking.noMoreCodes }),
    'link-question': renderLinkQuestion(reader, page),
    'link-question-nameless': renderLinkQuestion(reader, nameless),
    'link-done': renderLinked(reader, page),
    'link-over': renderLinkOver(reader, page, 'over'),
    'link-lapsed': renderLinkOver(reader, page, 'expired'),
  };
}
