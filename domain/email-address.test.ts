import { expect, test } from "vitest";
import { formatEmailAddress, parseEmailAddress } from "./email-address";

const addressOf = (text: string) => {
  const parsed = parseEmailAddress(text);
  return parsed.kind === "address" ? parsed.address : parsed.reason;
};

test.each([
  ["anna@example.org", "anna@example.org", "as it is"],
  [" Anna@Example.ORG ", "anna@example.org", "spaces and large letters"],
  ["anna@почта.рф", "anna@xn--80a1acny.xn--p1ai", "a domain in letters"],
  ["anna@ПОЧТА.рф", "anna@xn--80a1acny.xn--p1ai", "a domain in large letters"],
  ["anna@xn--80a1acny.xn--p1ai", "anna@xn--80a1acny.xn--p1ai", "a domain as the browser posts it"],
  ["анна@почта.рф", "анна@xn--80a1acny.xn--p1ai", "letters before the @"],
  ["mar\u212a@example.org", "mark@example.org", "the KELVIN SIGN is delivered as k"],
  ["ａｎｎａ＠example.org", "anna@example.org", "full width"],
  ["ﬁona@example.org", "fiona@example.org", "a ligature"],
  ["anne\u0301@example.org", "ann\u00e9@example.org", "a letter and its accent apart"],
  ["anna+letters@example.org", "anna+letters@example.org", "a tag is another mailbox"],
  ["root@localhost", "root@localhost", "a domain without a dot"],
])("%s is %s: %s", (text, address) => {
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

test("an address that is too long for a mail server is refused", () => {
  expect(addressOf(`${"a".repeat(64)}@example.org`)).toBe(`${"a".repeat(64)}@example.org`);
  expect(addressOf(`${"a".repeat(65)}@example.org`)).toBe("too-long");
  expect(addressOf(`${"я".repeat(33)}@example.org`)).toBe("too-long");
  expect(addressOf(`a@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.${"f".repeat(20)}`)).toBe(
    "too-long",
  );
});

test("folding twice gives the same as folding once, for every letter of every script", () => {
  const unstable: string[] = [];
  for (let code = 0x80; code < 0x2_0000; code++) {
    const once = addressOf(`a${String.fromCodePoint(code)}b@example.org`);
    if (once.includes("@") && addressOf(once) !== once) unstable.push(code.toString(16));
  }
  expect(unstable).toEqual([]);
});

test("the domain is displayed in its own script", () => {
  expect(formatEmailAddress("anna@xn--80a1acny.xn--p1ai")).toBe("anna@почта.рф");
  expect(formatEmailAddress("anna@example.org")).toBe("anna@example.org");
});
