import { expect, test } from "vitest";
import { everyNthUnlessFullRun } from "../tools/test/scope.mjs";
import { formatEmailAddress, parseEmailAddress } from "./email-address";

const addressOf = (text: string) => {
  const parsed = parseEmailAddress(text);
  return parsed.kind === "address" ? parsed.address : parsed.reason;
};

test.each([
  ["anna@example.org", "anna@example.org", "unchanged"],
  [" Anna@Example.ORG ", "anna@example.org", "spaces and capital letters"],
  ["anna@почта.рф", "anna@xn--80a1acny.xn--p1ai", "a Cyrillic domain"],
  ["anna@ПОЧТА.рф", "anna@xn--80a1acny.xn--p1ai", "a Cyrillic domain in capital letters"],
  ["anna@xn--80a1acny.xn--p1ai", "anna@xn--80a1acny.xn--p1ai", "a domain as the browser posts it"],
  ["анна@почта.рф", "анна@xn--80a1acny.xn--p1ai", "Cyrillic letters before the @"],
  ["mar\u212a@example.org", "mark@example.org", "the KELVIN SIGN becomes k"],
  ["ａｎｎａ＠example.org", "anna@example.org", "full-width letters"],
  ["ﬁona@example.org", "fiona@example.org", "a ligature"],
  ["anne\u0301@example.org", "ann\u00e9@example.org", "a letter with a separate accent"],
  ["anna+letters@example.org", "anna+letters@example.org", "a tag is kept"],
  ["root@localhost", "root@localhost", "a domain without a dot"],
])("%j is normalised to %s: %s", (text, address) => {
  expect(addressOf(text)).toBe(address);
});

test.each([
  "",
  "anna",
  "@example.org",
  "anna@",
  "anna@@example.org",
  "anna@example.org@example.com",
  "anna b@example.org",
  "anna@exa mple.org",
  "anna@example.org:25",
  "anna@example.org/x",
  "anna@[127.0.0.1]",
  "anna@-example.org",
  "anna@example.org\r\nBcc: b@example.org",
  '"anna"@example.org',
  "an\u200dna@example.org",
  "anna\u202e@example.org",
  "a,b@example.org",
  "<anna@example.org>",
  "anna@%65xample.org",
])("%j is refused", (text) => {
  expect(addressOf(text)).toBe("not-an-address");
});

test("an address that exceeds the limits of RFC 5321 is refused", () => {
  expect(addressOf(`${"a".repeat(64)}@example.org`)).toBe(`${"a".repeat(64)}@example.org`);
  expect(addressOf(`${"a".repeat(65)}@example.org`)).toBe("too-long");
  expect(addressOf(`${"я".repeat(33)}@example.org`)).toBe("too-long");
  expect(addressOf(`a@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.${"f".repeat(20)}`)).toBe(
    "too-long",
  );
});

const CODES = Array.from({ length: 0x2_0000 - 0x80 }, (_, n) => 0x80 + n);

test("normalising a normalised address changes nothing, for every character up to U+1FFFF", () => {
  const unstable: string[] = [];
  for (const code of everyNthUnlessFullRun(5, CODES)) {
    const once = addressOf(`a${String.fromCodePoint(code)}b@example.org`);
    if (once.includes("@") && addressOf(once) !== once) unstable.push(code.toString(16));
  }
  expect(unstable).toEqual([]);
});

test("the domain is formatted in its own script", () => {
  expect(formatEmailAddress("anna@xn--80a1acny.xn--p1ai")).toBe("anna@почта.рф");
  expect(formatEmailAddress("anna@example.org")).toBe("anna@example.org");
});
