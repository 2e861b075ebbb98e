import { expect, test } from "vitest";
import { requireOwnRecipientIfLive } from "./demo-recipient";

/** The recipient of gifts in the publication.ts of the demo, before a newsroom changes it. */
const demo = {
  legalName: "Example Press Foundation",
  registration: "Netherlands, no. 00000000",
  address: "1 Example Street, 1000 AA Amsterdam, the Netherlands",
  taxNote: { en: "Gifts to Example Press Foundation are not tax-deductible." },
  ...{ isTaxDeductible: false, refundDays: 60 },
};
const own = { legalName: { en: "Harbour News Ltd" }, registration: null, address: "4 Quay, Bergen", taxNote: "" };
const recipient = { ...own, isTaxDeductible: false, refundDays: 30 };

test("refuses the demo's recipient with a live key", () => {
  expect(() => requireOwnRecipientIfLive({ recipient: demo }, { live: false })).not.toThrow();
  expect(() => requireOwnRecipientIfLive({ recipient: demo }, { live: true })).toThrow(
    "publication.ts still names the demo's recipient",
  );
});

test("accepts a real recipient with a live key once every placeholder is replaced", () => {
  expect(() => requireOwnRecipientIfLive({ recipient }, { live: true })).not.toThrow();
  for (const placeholder of ["legalName", "registration", "address", "taxNote"] as const)
    expect(() =>
      requireOwnRecipientIfLive({ recipient: { ...recipient, [placeholder]: demo[placeholder] } }, { live: true }),
    ).toThrow("demo's recipient");
});
