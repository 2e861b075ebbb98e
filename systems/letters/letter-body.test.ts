import { expect, test } from "vitest";
import { renderLetterBody } from "./letter-body";

const siteUrl = "https://give.news.example";
const body = (markdown: string) => {
  const { html, text } = renderLetterBody(markdown, { siteUrl });
  return { html: html.html.trim(), text };
};

test("renders every element that letters use, in HTML and as text", () => {
  const markdown = "## Plans\n\nOne **bold** and *fine*  \nline.\n\n- first\n- second\n\n> Said.\n\n---\n\nEnd";
  expect(body(markdown)).toEqual({
    html: [
      "<h2>Plans</h2>",
      "<p>One <strong>bold</strong> and <em>fine</em><br>line.</p>",
      "<ul><li>first</li>",
      "<li>second</li>",
      "</ul>",
      "<blockquote><p>Said.</p>",
      "</blockquote>",
      "<hr>",
      "<p>End</p>",
    ].join("\n"),
    text: "Plans\n\nOne bold and fine\nline.\n\n- first\n- second\n\nSaid.\n\n* * *\n\nEnd",
  });
});

test.each([
  ["without blank lines", "- a\n- b", "<ul><li>a</li>\n<li>b</li>\n</ul>"],
  ["with a blank line between items", "- a\n\n- b", "<ul><li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>"],
  ["with a blank line in one item", "- a\n\n  c\n- b", "<ul><li><p>a</p>\n<p>c</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>"],
  [
    "with a list in a list",
    "1. a\n\n2. b\n   - c",
    "<ol><li><p>a</p>\n</li>\n<li><p>b</p>\n<ul><li>c</li>\n</ul>\n</li>\n</ol>",
  ],
])("renders a list %s as CommonMark does", (_, markdown, html) => {
  expect(body(markdown).html).toBe(html);
});

test("keeps the parts of a list item apart in the text", () => {
  expect(body("- a\n\n  b\n- c\n  - d").text).toBe("- a\n  b\n- c\n  - d");
});

test("makes links to the site's own pages absolute, and writes every URL on its own line in the text", () => {
  const { html, text } = body("Make it [15](/supporters/recurring/raise?to=15), or [write](mailto:a@news.example).");
  expect(html).toContain('href="https://give.news.example/supporters/recurring/raise?to=15"');
  expect(text).toBe(
    "Make it 15, or write.\nhttps://give.news.example/supporters/recurring/raise?to=15\nmailto:a@news.example",
  );
});

test.each([
  ["a script's URL", "[x](javascript:alert(1))", "<p>x</p>"],
  ["another host without a scheme", "[x](//evil.example)", "<p>x</p>"],
  ["raw HTML", "a <img src=x onerror=alert(1)>", "<p>a &lt;img src=x onerror=alert(1)&gt;</p>"],
  ["a picture", "![a bus](https://evil.example/bus.png)", "<p>a bus</p>"],
])("never links or loads %s", (_, markdown, html) => {
  expect(body(markdown).html).toBe(html);
});
