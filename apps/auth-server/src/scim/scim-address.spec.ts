import { readScimAddress } from './scim-address';

describe('the address of a request', () => {
  it.each([
    [
      '/scim/v2/dir_1/Users/2?attributes=a%20b',
      { directory: 'dir_1', path: '/Users/2', query: 'attributes=a%20b' },
    ],
    ['/scim/v2/dir_1', { directory: 'dir_1', path: '/' }],
    ['/scim/v2/dir_1/', { directory: 'dir_1', path: '/' }],
    ['/scim/v2/dir_1?filter=a/b?c', { directory: 'dir_1', path: '/', query: 'filter=a/b?c' }],
    ['/scim/v2/dir_1/Users?', { directory: 'dir_1', path: '/Users', query: '' }],
  ])('%s names a directory, and what is asked of it [SCM-1]', (url, address) => {
    expect(readScimAddress(url)).toEqual(address);
  });

  it.each(['/scim/v2/', '/scim/v2', '/scim/v1/dir_1/Users', '/scim/v2//Users', '/scim/v2?a', '/Users'])(
    '%s names no directory [SCM-1]',
    (url) => {
      expect(readScimAddress(url)).toBeUndefined();
    },
  );
});
