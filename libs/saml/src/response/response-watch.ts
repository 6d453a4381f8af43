import type { CheckLog, ConnectionSettings, SeenAnswer } from '@gatehouse/core';
import { describeAttributes, describeSubject, seenAssertion } from './describe-answer';
import type { SignedParts } from './read-signed-parts';
import { redactDocuments, redactText } from './redact-document';
import type { XmlElement } from '../xml/xml-element';

/** Sees an answer on its way through verification, for the trace that is kept of it. */
export class ResponseWatch {
  #document: XmlElement | undefined;
  #signed: SignedParts | undefined;

  constructor(readonly checks: CheckLog) {}

  /** The document as it came, before anything of it is believed. */
  saw(document: XmlElement): XmlElement {
    this.#document = document;
    return document;
  }

  /** What its signatures cover. */
  believed(signed: SignedParts): SignedParts {
    this.#signed = signed;
    return signed;
  }

  /** What the answer said, cut down to what those who look after the connection need. */
  describe(
    samlResponse: string,
    { attributes: mapping }: Pick<ConnectionSettings, 'attributes'>,
  ): SeenAnswer {
    const document = this.#document;
    if (!document) return { attributes: [], response: redactText(samlResponse) };
    const open = seenAssertion(document);
    const assertion = this.#signed?.assertion ?? open;
    const certificateFingerprint = this.#signed?.certificate.fingerprint;
    const inResponseTo = document.attributes.get('InResponseTo');
    return {
      ...(assertion && describeSubject(assertion, mapping)),
      ...(inResponseTo !== undefined && { inResponseTo }),
      ...(certificateFingerprint !== undefined && { certificateFingerprint }),
      attributes: assertion ? describeAttributes(assertion, mapping) : [],
      // An assertion that came encrypted is shown after its envelope.
      response: redactDocuments(assertion && !open ? [document, assertion] : [document], mapping),
    };
  }
}
