import { requestId, responseXml } from '../../test/answers';
import { claimedRequest } from './claimed-request';

const posted = (xml: string) => Buffer.from(xml).toString('base64');

describe('the request that a response claims to answer', () => {
  it('is read from the message alone, without believing it [CON-16]', () => {
    expect(claimedRequest(posted(responseXml()))).toBe(requestId);
    const unsigned = responseXml().replace(/InResponseTo="[^"]*"/, 'InResponseTo="_other"');
    expect(claimedRequest(posted(unsigned))).toBe('_other');
  });

  it.each([
    ['no request', posted('<Response/>')],
    ['no XML', posted('nonsense')],
    ['no base64', '%%%'],
    ['a document type', posted('<!DOCTYPE a><Response InResponseTo="_1"/>')],
    ['nothing', ''],
  ])('is none where there is %s, and that is no failure [CON-16]', (_, message) => {
    expect(claimedRequest(message)).toBeUndefined();
  });
});
