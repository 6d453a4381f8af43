import { createHash } from 'node:crypto';
import { escaped } from './markup-text';

const STYLE = `:root{color-scheme:light dark;--ink:#1c2430;--quiet:#5b6675;--paper:#f3f5f8;--card:#fff;--line:#d9dfe7;--accent:#2456d6}
@media(prefers-color-scheme:dark){:root{--ink:#e8ecf2;--quiet:#9aa6b6;--paper:#11151b;--card:#1a2029;--line:#2d3644;--accent:#8fb0ff}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{width:100%;max-width:26rem;overflow-wrap:anywhere;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:2rem;box-shadow:0 10px 30px #0001}main.wide{max-width:56rem}
h1{font-size:1.35rem;margin:0 0 .25rem}h2{font-size:1rem;margin:1.5rem 0 .25rem}ul{padding-left:1.25rem}p{color:var(--quiet);margin:.25rem 0 1rem}a{color:var(--accent)}
button{display:block;width:100%;text-align:left;font:inherit;color:inherit;background:none;border:1px solid var(--line);border-radius:10px;padding:.7rem 1rem;margin:.5rem 0;cursor:pointer}
button:hover,button:focus-visible{border-color:var(--accent);outline:2px solid var(--accent);outline-offset:1px}button small{display:block;color:var(--quiet)}
table{width:100%;border-collapse:collapse}td,th{text-align:left;padding:.5rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
iframe{width:100%;height:60vh;border:1px solid var(--line);border-radius:10px;background:#fff}`;

export interface PageContent {
  readonly title: string;
  /** HTML whose every value has been escaped. */
  readonly body: string;
  readonly script?: string;
  readonly wide?: boolean;
}

/** One page of the demo, complete; works without its script. */
export function pageLayout({ title, body, script, wide = false }: PageContent): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><main${wide ? ' class="wide"' : ''}>${body}</main>${script === undefined ? '' : `<script>${script}</script>`}</body></html>`;
}

/**
 * The policy of a page: only its own inline style and this one script.
 * No form-action: browsers hold it against the redirects that follow a post, which lead to applications unknown here.
 */
export function pagePolicy(script?: string): string {
  const scripts = script === undefined ? [] : [`script-src 'sha256-${hash(script)}'`];
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "frame-src 'self'",
    "base-uri 'none'",
    ...scripts,
  ].join('; ');
}

function hash(script: string): string {
  return createHash('sha256').update(script).digest('base64');
}
