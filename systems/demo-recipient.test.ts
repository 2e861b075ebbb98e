import { expect, test } from "vitest";
import { publication } from "../publication";
import { refuseDemoRecipient } from "./demo-recipient";

const own = { legalName: { en: "Harbour News Ltd" }, registration: null, address: "4 Quay, Bergen", taxNote: "" };
const recipient = { ...own, isTaxDeductible: false, refundDays: 30 };

test("refuses the demo's recipient with a live key", () => {
  expect(() => refuseDemoRecipient(publication, { live: false })).not.toThrow();
  expect(() => refuseDemoRecipient(publication, { live: true })).toThrow(
    "publication.ts still names the demo's recipient",
  );
});

test("accepts a real recipient with a live key once every placeholder is replaced", () => {
  expect(() => refuseDemoRecipient({ recipient }, { live: true })).not.toThrow();
  for (const left of ["legalName", "registration", "address", "taxNote"] as const)
    expect(() =>
      refuseDemoRecipient({ recipient: { ...recipient, [left]: publication.recipient[left] } }, { live: true }),
    ).toThrow("demo's recipient");
});
