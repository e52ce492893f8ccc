import { describe, expect, it } from 'vitest'
import { searchWork } from '../../testing/searchWork.ts'
import { plainText } from './plainText.ts'

describe('an HTML body as plain text', () => {
  it.each([
    ['<p>Dear <b>Ann</b>,</p><p>Hello.</p>', 'Dear Ann,\n\nHello.'],
    ['<ul><li>one</li><li class="x">two</li></ul>end', '- one\n\n- two\n\nend'],
    [
      'See <a class="b" href="https://example.com/?a=1&amp;b=2">our <i>site</i></a>.',
      'See our site (https://example.com/?a=1&b=2).'
    ],
    ["<a href='https://example.com'>https://example.com</a>", 'https://example.com'],
    ['<a name="top">Top</a> <A HREF="x">X</A>', 'Top X (x)'],
    [
      '<head><title>No</title></head><style>p { color: red }</style><!-- a <b> --><SCRIPT>if (a > b)</SCRIPT>Yes',
      'Yes'
    ],
    ['İ<br/>&lt;b&gt; &#8364; &#x20AC; &nope; &#0;', 'İ\n<b> € € &nope; &#0;'],
    ['1 < 2 and 3', '1 < 2 and 3'],
    ['a <b', 'a <b'],
    ['<!-- never closed <p>but said</p>', 'but said'],
    ['<style>never closed', 'never closed'],
    ['', '']
  ])('%s', (html, text) => expect(plainText(html)).toBe(text))

  it.each([
    '<a href="',
    '<a href="x">',
    '<',
    '<!--',
    '<style>',
    '<p>',
    '</a>',
    "<a href='x'><style>",
    'x&',
    '<!-- -- >'
  ])('goes through %s, repeated, once', (part) => {
    const [some, more] = [1_000, 10_000].map((times) => searchWork(() => plainText(part.repeat(times))))
    expect(more).toBeLessThan(11 * (some ?? 0))
  })
})
