import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Amendment, OwnReceipt } from "@/domain/supporters/own-gifts";
import { publication } from "@/publication";
import { OwnGiftsTable } from "./own-gifts-table";
import { Receipt } from "./receipt";

const money = (amountMinor: number) => ({ amountMinor, currency: "USD" as const });
const paidAt = new Date("2026-11-01T12:00:00Z");
const gift = { paymentId: "7Q2H0VTR4K", money: money(10_000), frequency: "once" as const, paidAt };
const back = (kind: Amendment["kind"], amountMinor: number, day: number): Amendment => ({
  ...{ id: `${kind} ${day}`, kind, money: money(amountMinor) },
  at: new Date(Date.UTC(2026, 10, day, 12)),
});

function linesOf(receipt: OwnReceipt): string[] {
  const html = renderToStaticMarkup(<Receipt locale="en" receipt={receipt} publication={publication} />);
  return [...html.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, name, value]) => `${name}: ${value}`).slice(4);
}

test("shows only the amount if nothing went back", () => {
  expect(linesOf({ ...gift, standing: "kept", kept: money(10_000), amendments: [] })).toEqual(["Amount: $100.00"]);
});

test("lists the gift, each refund with its day, and what is kept", () => {
  const amendments = [
    back("refunded", -1_000, 3),
    back("refund-begun", -2_000, 4),
    back("taken-by-bank", -7_000, 5),
    back("given-back-by-bank", 7_000, 20),
  ];
  expect(linesOf({ ...gift, standing: "partly-returned", kept: money(7_000), amendments })).toEqual([
    "Given: $100.00",
    "Refunded on November 3, 2026: -$10.00",
    "Refund begun on November 4, 2026: -$20.00",
    "Taken back by the bank on November 5, 2026: -$70.00",
    "Given back by the bank on November 20, 2026: $70.00",
    "Kept: $70.00",
  ]);
});

test("does not thank for a gift that went back in full", () => {
  const draw = (kept: number) => {
    const receipt = { ...gift, standing: "returned" as const, kept: money(kept), amendments: [] };
    return renderToStaticMarkup(<Receipt locale="en" receipt={receipt} publication={publication} />);
  };
  expect(draw(0)).not.toContain("Thank you");
  expect(draw(1)).toContain("Thank you");
});

test.each([
  ["kept", 10_000, "Received", true],
  ["on-its-way", 0, "On its way", false],
  ["partly-returned", 7_000, "Refunded in part; $70.00 kept", true],
  ["returned", 0, "Refunded", true],
  ["held-by-bank", 0, "Taken back by your bank", true],
  ["held-by-bank", 500, "Taken back by your bank; $5.00 kept", true],
  ["failed", 0, "Did not go through", false],
] as const)("the list says of a gift that is %s with %i kept: %s", (standing, kept, words, hasReceipt) => {
  const gifts = [{ ...gift, standing, kept: money(kept) }];
  const html = renderToStaticMarkup(<OwnGiftsTable locale="en" gifts={gifts} />);
  expect(html).toContain(`<td class="own-gifts-${standing}">${words}</td>`);
  expect(html.includes("/supporters/gifts/7Q2H0VTR4K")).toBe(hasReceipt);
});
