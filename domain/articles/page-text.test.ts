import { describe, expect, test } from "vitest";
import { MAX_ARTICLE_TEXT_FILE_BYTES, normalizePageText, parsePageText } from "./page-text";

const bytes = (text: string) => new TextEncoder().encode(text);
const NBSP = "\u00a0";

describe("a file that is not a plain-text page is refused", () => {
  test.each([
    ["nothing", bytes(""), "empty"],
    ["only blank lines, no-break spaces and a byte order mark", bytes(`\ufeff\r\n ${NBSP}\u200b\n\t`), "empty"],
    ["a file with a NUL byte", bytes("Headline\n\nText\0."), "binary"],
    ["the start of a PNG", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13), "binary"],
    ["UTF-16, as some editors save it", Uint8Array.of(0xff, 0xfe, 0x48, 0, 0x69, 0), "binary"],
    ["curly quotes in Windows-1252", Uint8Array.of(0x93, 0x48, 0x69, 0x94), "not-utf-8"],
    ["a PDF", bytes("%PDF-1.7\n1 obj"), "not-plain-text"],
    ["an RTF file", bytes("{\\rtf1\\ansi Headline}"), "not-plain-text"],
    ["a web page", bytes("\ufeff\n<!DOCTYPE html><title>Headline</title>"), "not-plain-text"],
    ["one byte too many", new Uint8Array(MAX_ARTICLE_TEXT_FILE_BYTES + 1).fill(97), "too-large"],
  ])("%s", (_, text, reason) => {
    expect(parsePageText(text)).toEqual({ kind: "refused", reason });
  });

  test("a file of the maximum size is accepted", () => {
    expect(parsePageText(new Uint8Array(MAX_ARTICLE_TEXT_FILE_BYTES).fill(97)).kind).toBe("text");
  });
});

describe("invisible characters and irregular spaces are removed", () => {
  test.each([
    ["Windows and old Mac line breaks", "one\r\ntwo\rthree\u2028four\u2029five", "one\ntwo\nthree\nfour\nfive"],
    ["a byte order mark", "\ufeffHeadline", "Headline"],
    ["soft hyphens and zero-width spaces", "jour\u00adnal\u200bism\u2060", "journalism"],
    ["marks that change the text direction", "pay \u202e0001\u202c roubles", "pay 0001 roubles"],
    ["control characters", "a\u0007b\u001b[31mc\u009bd", "ab[31mcd"],
    ["spaces at the ends of lines", "  one \t\n\u00a0two\u00a0\n", "one\ntwo"],
    ["two spaces, tabs, thin spaces", "one  two\tthree\u2009four", "one two three four"],
    ["letters with separate accents", "Cafe\u0301", "Café"],
    ["joiners between Latin letters", "a\u200cb\u200dc", "abc"],
  ])("%s", (_, text, wanted) => {
    expect(normalizePageText(text)).toBe(wanted);
  });
});

describe("meaningful characters are kept", () => {
  test.each([
    ["curly quotes, dashes and ellipses", "“No,” she said — ‘never’…"],
    ["tildes", "some ~40 people, ~ 50"],
    ["the joiner of Persian spelling", "می\u200cخواهم"],
    ["joined emoji", "👩‍💻"],
  ])("%s", (_, text) => {
    expect(normalizePageText(text)).toBe(text);
  });

  test.each([
    ["a number and its unit", "after 12~km and 5~% of it, at minus 40~°C"],
    ["the groups of a large number", "10~000~000 roubles"],
    ["a number and the word million", "3~million and 4~млн"],
    ["a sign and a number", "№~7, €~20"],
    ["initials and a name", "A.~S.~Pushkin"],
    ["a word and the dash after it", "слово~— дело"],
    ["French quotation marks", "«~oui~»~!"],
  ])("no-break spaces are kept: %s", (_, text) => {
    const spaced = text.replaceAll("~", NBSP);
    expect(normalizePageText(spaced)).toBe(spaced);
  });

  test("any other no-break space becomes an ordinary space", () => {
    expect(normalizePageText(`was${NBSP}quite${NBSP}calm.${NBSP}“There${NBSP}were 12${NBSP}months”`)).toBe(
      "was quite calm. “There were 12 months”",
    );
  });
});
