import { Tokenizer } from 'htmlparser2';

/** What stands in the head without a content that shows, and ends by itself. */
const emptyElements = new Set(['base', 'basefont', 'bgsound', 'link', 'meta']);
/** Whose text is no markup: the tokenizer reads over it. */
const textElements = new Set(['title', 'style', 'script']);
/** What is in them is markup, but not of this page. */
const inertElements = new Set(['noscript', 'noframes', 'template']);
const outerElements = new Set(['html', 'head']);
/** Any other end tag without its beginning is nothing (WHATWG HTML, 13.2.6.4.4). */
const endsOfHead = new Set(['head', 'body', 'html', 'br']);

// WHATWG Infra, ASCII whitespace: everything else is the first text of the body.
const visible = /[^\t\n\f\r ]/;

/**
 * The `content` of each <meta> of that name in the head of a page. The head ends, as in a browser, with the first thing that
 * cannot stand in it, whatever its author meant: what visitors may write comes behind. Takes time in proportion to the page.
 */
export function readMetaTags(html: string, name: string): readonly string[] {
  const head = new HeadOfPage(html);
  return head
    .metas()
    .filter((attributes) => attributes.get('name')?.trim().toLowerCase() === name)
    .map((attributes) => attributes.get('content')?.trim() ?? '');
}

type Attributes = Map<string, string>;

class HeadOfPage {
  private readonly found: Attributes[] = [];
  private tag = '';
  private attribute = '';
  private value = '';
  private attributes: Attributes = new Map();
  /** The element whose content is not read, and how often it was begun. */
  private skipped = '';
  private depth = 0;

  constructor(private readonly html: string) {}

  metas(): readonly Attributes[] {
    const ignore = () => undefined;
    const tokenizer = new Tokenizer(
      { decodeEntities: false },
      {
        onopentagname: (start, end) => this.begin(this.name(start, end)),
        onattribname: (start, end) => this.beginAttribute(this.name(start, end)),
        onattribdata: (start, end) => void (this.value += this.html.slice(start, end)),
        onattribend: () => this.endAttribute(),
        onopentagend: () => this.open() || tokenizer.pause(),
        onselfclosingtag: () => this.openEmpty() || tokenizer.pause(),
        onclosetag: (start, end) => this.close(this.name(start, end)) || tokenizer.pause(),
        ontext: (start, end) => this.mayFollow(this.html.slice(start, end)) || tokenizer.pause(),
        ...{ onattribentity: ignore, ontextentity: ignore, oncdata: ignore, oncomment: ignore },
        ...{ ondeclaration: ignore, onprocessinginstruction: ignore, onend: ignore },
      },
    );
    tokenizer.write(this.html);
    return this.found;
  }

  private name(start: number, end: number): string {
    return this.html.slice(start, end).toLowerCase();
  }

  private begin(tag: string): void {
    this.tag = tag;
    this.attributes = new Map();
  }

  private beginAttribute(name: string): void {
    this.attribute = name;
    this.value = '';
  }

  // WHATWG HTML, 13.2.5.33: of two attributes of one name the first counts.
  private endAttribute(): void {
    if (!this.attributes.has(this.attribute)) this.attributes.set(this.attribute, this.value);
  }

  /** Whether the head goes on behind this start tag. */
  private open(): boolean {
    if (this.skipped !== '') {
      if (this.tag === this.skipped) this.depth += 1;
      return true;
    }
    if (this.tag === 'meta') this.found.push(this.attributes);
    if (textElements.has(this.tag) || inertElements.has(this.tag)) [this.skipped, this.depth] = [this.tag, 1];
    return this.skipped !== '' || emptyElements.has(this.tag) || outerElements.has(this.tag);
  }

  // `<script/>` is not empty for a browser, but would be for the tokenizer: better to read no further.
  private openEmpty(): boolean {
    return this.skipped === '' ? emptyElements.has(this.tag) && this.open() : true;
  }

  private close(tag: string): boolean {
    if (this.skipped === '') return !endsOfHead.has(tag);
    if (tag === this.skipped) this.depth -= 1;
    if (this.depth === 0) this.skipped = '';
    return true;
  }

  private mayFollow(text: string): boolean {
    return this.skipped !== '' || !visible.test(text);
  }
}
