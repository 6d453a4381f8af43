export type { FormButton, HtmlForm } from './html-forms';
export { formsOf } from './html-forms';
export { HttpBrowser } from './http-browser';
export type { BrowserOptions, Fields, Visit } from './http-browser';
export { CookieJar } from './cookie-jar';
export { Page } from './page';
