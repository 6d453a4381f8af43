import { readMetaTags } from './read-meta-tags';

const name = 'gatehouse-verify';
const tag = `<meta name="${name}" content="abc">`;
const read = (html: string) => readMetaTags(html, name);

describe('readMetaTags', () => {
  it.each([
    [
      'a whole page',
      `<!doctype html><html lang="en"><head><title>Acme</title>${tag}</head><body>Hi</body></html>`,
    ],
    ['a page that leaves out what may be left out', `<!DOCTYPE html>\n<title>Acme</title>\n${tag}\n<p>Hi`],
    [
      'capitals, single quotes and XHTML',
      `<HTML><HEAD><META CONTENT='abc' NAME='Gatehouse-Verify' /></HEAD>`,
    ],
    ['values without quotes', `<head><meta name=${name} content=abc></head>`],
    [
      'behind scripts, styles, links and comments',
      `<head><!-- a --><link rel=x><style>p>a{}</style><script>if(a<b)"</title>"</script>${tag}`,
    ],
    [
      'behind a noscript and a template',
      `<head><noscript><img src=x></noscript><template><p>a<template></template></template>${tag}`,
    ],
    ['a byte order mark taken off and blanks around it', `  \n<html><head>${tag}`],
  ])('finds the tag in %s [DOM-2]', (_, html) => {
    expect(read(html)).toEqual(['abc']);
  });

  it('gives every tag of the name: one for each tenant that asks', () => {
    expect(read(`<head>${tag}<meta name="${name}" content=" two "><meta name="${name}"></head>`)).toEqual([
      'abc',
      'two',
      '',
    ]);
  });

  it.each([
    ['in the body', `<head></head><body>${tag}</body>`],
    ['behind the end of the head', `<head><title>a</title></head>${tag}`],
    ['in a second head', `<head></head><body></body><head>${tag}</head>`],
    ['in a head that begins in the body', `<p>comment</p><head>${tag}</head>`],
    ['behind text, which begins the body', `<head><title>a</title>Welcome ${tag}</head>`],
    ['behind an element of the body, inside the head tags', `<head><div></div>${tag}</head>`],
    ['behind an image', `<head><img src=x>${tag}</head>`],
    ['behind a self-closing script, which is none', `<head><script src="a"/>${tag}</head>`],
    ['in a comment', `<head><!-- ${tag} --></head>`],
    ['in a comment that is not closed', `<head><!-- > ${tag}`],
    ['in a comment with an odd end', `<head><!-- --!> ${tag}`],
    ['in a CDATA section', `<head><![CDATA[ ${tag} ]]></head>`],
    ['in a title', `<head><title>${tag}</title></head>`],
    ['in a title that is not closed', `<head><title>${tag}`],
    ['in a script', `<head><script>var a = '${tag}'</script></head>`],
    ['in a style', `<head><style>${tag}</style></head>`],
    ['in a noscript', `<head><noscript>${tag}</noscript></head>`],
    ['in a template', `<head><template>${tag}</template></head>`],
    ['in a template in a template', `<head><template><template></template>${tag}</template></head>`],
    ['in an attribute', `<head><meta name="description" content='${tag}'></head>`],
    ['in an attribute of the html element', `<html data-x='${tag}'><head></head>`],
    ['in a textarea', `<textarea>${tag}</textarea>`],
    ['in an iframe', `<iframe srcdoc='${tag}'>${tag}</iframe>`],
    ['in svg', `<head><svg>${tag}</svg></head>`],
    ['behind plaintext', `<plaintext>${tag}`],
    ['as text', `<head></head>&lt;meta name="${name}" content="abc"&gt;`],
    ['as a property', `<head><meta property="${name}" content="abc"></head>`],
    ['under a longer name', `<head><meta name="${name}-x" content="abc"></head>`],
    [
      'as a second attribute of a name',
      `<head><meta name="description" name="${name}" content="abc"></head>`,
    ],
    ['in a tag that is not closed', `<head><meta name="${name}" content="abc"`],
    ['in no page at all', `${name} abc`],
  ])('does not find it %s [DOM-2]', (_, html) => {
    expect(read(html)).toEqual([]);
  });

  it('reads a megabyte of anything in proportion to its size, and no further than the head [DOM-2]', () => {
    const size = 1024 * 1024;
    const hostile = [
      '<div>',
      '<meta a b c>',
      '<template>',
      '</x>',
      '<!--',
      '<',
      '<meta ',
      'a=b ',
      '<script>',
      '<![CDATA[',
      '&amp;',
    ];
    for (const each of hostile) {
      const page = `<head>${each === 'a=b ' ? '<meta ' : ''}${each.repeat(Math.ceil(size / each.length))}`;
      expect(read(page)).toEqual([]);
    }
    const attributes = Array.from({ length: 150_000 }, (_, index) => `a${index}`).join(' ');
    expect(read(`<head><meta ${attributes} name=${name} content=abc>`)).toEqual(['abc']);
  }, 20_000);
});
