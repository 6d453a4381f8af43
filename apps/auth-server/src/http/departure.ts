import type { PostForm } from '@gatehouse/saml';

/** How the browser takes a message of ours to an identity provider: as an address, or as a form that it posts. */
export type Departure =
  | { readonly binding: 'redirect'; readonly url: string }
  | { readonly binding: 'post'; readonly form: PostForm };
