import { algorithms } from '../algorithms';
import { exclusiveForm } from '../canonical-form';
import { change, honest, signAssertion, signatureIn } from '../honest';
import { doubled, dropped, invalid, signed, spoilt } from './bent-references';
import type { Row } from './row';

const method = (algorithm: string, exclusive: boolean) => () =>
  signAssertion(honest(), { canonicalization: algorithm, infoForm: { ...exclusiveForm, exclusive } });
export const forms: readonly Row[] = [
  [
    'inclusive-signed-info',
    'SignedInfo is in inclusive canonical form',
    invalid,
    method(algorithms.inclusive, false),
  ],
  [
    'signed-info-with-comments',
    'SignedInfo is in a form that keeps comments',
    invalid,
    method(algorithms.exclusiveWithComments, true),
  ],
  [
    'unknown-form-of-signed-info',
    'SignedInfo is in a form with an unknown name',
    invalid,
    method('urn:x', true),
  ],
  [
    'no-form-of-signed-info',
    'SignedInfo does not say its canonical form',
    invalid,
    dropped('CanonicalizationMethod'),
  ],
  [
    'two-forms-of-signed-info',
    'SignedInfo says its canonical form twice',
    invalid,
    doubled('CanonicalizationMethod'),
  ],
  ['no-signature-method', 'SignedInfo does not say how it is signed', invalid, dropped('SignatureMethod')],
  ['two-signature-methods', 'SignedInfo says twice how it is signed', invalid, doubled('SignatureMethod')],
  [
    'signed-info-renamed',
    'SignedInfo is hidden under a name of another namespace',
    spoilt,
    () =>
      change(
        signed(),
        signatureIn(signed()),
        signatureIn(signed()).replaceAll('ds:SignedInfo', 'SignedInfo'),
      ),
  ],
];
