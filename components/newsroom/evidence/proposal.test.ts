// Tests the sentences about a recurring gift in the evidence for a dispute. A bank reads them, so each must say what
// happened and who did it.
import { expect, test } from "vitest";
import { translator } from "@/content/messages";
import { GIFT_CHANGE_KINDS_SHOWN_TO_STAFF } from "@/domain/ledger/fact";
import { caseEventText } from "./proposal";

const at = new Date("2026-11-01T10:00:00Z");
const event = (change: string, by: string | null, more: object = {}) => ({
  ...{ at, kind: "change" as const, change, by, money: null, before: null, until: null },
  ...more,
});
const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" as const });
const english = translator("en");

test.each(["en", "ru"])("every kind of change has its own complete sentence, in %s", (locale) => {
  const t = translator(locale);
  const sentences = GIFT_CHANGE_KINDS_SHOWN_TO_STAFF.map((kind) => caseEventText(t, event(kind, "supporter")));
  expect(new Set(sentences).size).toBe(GIFT_CHANGE_KINDS_SHOWN_TO_STAFF.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}[^{}]*[^ {}]\.$/u);
});

test("the history states who changed the gift, the amount before and after, and the end of a pause", () => {
  const raised = { money: usd(1_000), before: usd(500) };
  expect(caseEventText(english, event("amount", "supporter", raised))).toBe(
    "The amount of the recurring gift was changed by the supporter, on our website: from $5.00 to $10.00.",
  );
  expect(caseEventText(english, event("amount", "stripe", { money: usd(1_000) }))).toBe(
    "The amount of the recurring gift was changed: to $10.00.",
  );
  expect(caseEventText(english, event("paused", "link", { until: new Date("2027-01-31T22:00:00Z") }))).toBe(
    "The recurring gift was paused by the supporter, through the link in an email, until January 31, 2027.",
  );
  expect(caseEventText(english, event("cancelled", "staff"))).toBe("The recurring gift was canceled by us.");
  expect(caseEventText(english, event("caught-up", null))).toBe("The payment that had failed was made.");
  expect(caseEventText(english, event("a-new-kind", null))).toBe("The recurring gift was changed (a-new-kind).");
});
