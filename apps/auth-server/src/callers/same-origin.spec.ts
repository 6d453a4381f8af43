import { requireSameOrigin } from './same-origin';

const own = 'https://login.example.com';

function send(method: string, headers: Record<string, string>): () => void {
  return () => requireSameOrigin({ method, headers }, `${own}/prefix`);
}

describe('a call by the session of a browser', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'may change something from our own pages: %s [SEC-2]',
    (method) => {
      expect(send(method, { origin: own, 'sec-fetch-site': 'same-origin' })).not.toThrow();
      expect(send(method, { origin: own })).not.toThrow();
      expect(send(method, { 'sec-fetch-site': 'same-origin' })).not.toThrow();
    },
  );

  it.each<[string, Record<string, string>]>([
    ['says nothing of where it comes from', {}],
    ['comes from another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    [
      'comes from another host of our domain',
      { origin: 'https://x.example.com', 'sec-fetch-site': 'same-site' },
    ],
    ['comes from the same host without https', { origin: 'http://login.example.com' }],
    ['comes from another port', { origin: `${own}:8443` }],
    ['comes from a name that only begins like ours', { origin: `${own}.evil.example` }],
    ['comes from a frame without an origin', { origin: 'null' }],
    ['was typed into the address bar', { 'sec-fetch-site': 'none' }],
    ['contradicts itself', { origin: own, 'sec-fetch-site': 'cross-site' }],
    [
      'contradicts itself the other way round',
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ],
  ])('changes nothing where it %s [SEC-2]', (_, headers) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'PROPFIND'])
      expect(send(method, headers)).toThrow(expect.objectContaining({ code: 'cross_site_request' }));
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])(
    'may look from anywhere: the answer is for our own pages only (%s)',
    (method) => {
      expect(send(method, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).not.toThrow();
    },
  );
});
