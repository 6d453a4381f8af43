import { escaped } from '../../web/markup-text';

const style = `
:root{color-scheme:light dark;--ink:#14262b;--quiet:#557076;--paper:#eaf3f2;--card:#fff;--line:#d3e1e0;--accent:#0b6b68;--on-accent:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e4f0ef;--quiet:#93aeb0;--paper:#0d1719;--card:#142124;--line:#2a3d40;--accent:#5fd0c5;--on-accent:#062321}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.25rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{width:100%;max-width:27rem;background:var(--card);border:1px solid var(--line);border-radius:16px;padding:clamp(1.25rem,6vw,2.25rem)}
.mark{display:flex;align-items:center;gap:.5rem;font-weight:650;margin:0 0 1.5rem;color:var(--accent)}
h1{font-size:1.4rem;line-height:1.25;margin:0;overflow-wrap:anywhere}
p{color:var(--quiet);margin:.35rem 0 1.25rem}.quiet{font-size:.875rem;margin:1.25rem 0 0}
label{display:block;font-weight:600;margin-bottom:.35rem}
input,button{width:100%;font:inherit;padding:.7rem .9rem;border-radius:10px;border:1px solid var(--quiet);background:transparent;color:inherit}
button{cursor:pointer;font-weight:600;margin-top:.85rem}
button.primary{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
header{display:flex;gap:1rem;align-items:center}header p{margin:0}
.face{flex:none;width:3.25rem;height:3.25rem;border-radius:50%;display:grid;place-items:center;background:var(--accent);color:var(--on-accent);font-weight:650}
dl{margin:1.5rem 0 .5rem}dl div{display:flex;flex-wrap:wrap;gap:0 1rem;padding:.65rem 0;border-top:1px solid var(--line)}
dt{flex:1 0 8rem;color:var(--quiet)}dd{flex:2 1 12rem;margin:0;overflow-wrap:anywhere}
a{color:var(--accent)}
code{font-size:.85em;color:var(--quiet)}`;

const wave = `<svg width="22" height="22" viewBox="0 0 22 22" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" aria-hidden="true"><path d="M2 8c3-4 6-4 9 0s6 4 9 0M2 15c3-4 6-4 9 0s6 4 9 0"/></svg>`;

/** One page of the demo application; `body` is HTML whose every value has been escaped. */
export function layout(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${style}</style></head><body><main><p class="mark">${wave}Tideline</p>${body}</main></body></html>`;
}
