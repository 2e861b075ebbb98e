import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { translator } from "@/content/messages";
import type { Publication } from "@/domain/publication";
import type { RefundOrDispute } from "@/domain/supporters/amendments";
import type { OwnReceipt } from "@/domain/supporters/own-gifts";
import { publication } from "@/publication";
import { OwnPaymentsTable } from "../supporters/own-payments-table";
import { DocumentSheet } from "./document-sheet";
import { receiptDocument } from "./receipt-document";
import { statementLineText } from "./statement-document";

const { legalName, registration, address } = publication.recipient;
const money = (amountMinor: number) => ({ amountMinor, currency: "USD" as const });
const paidAt = new Date("2026-11-01T12:00:00Z");
const gift = {
  paymentId: "7Q2H-2VTR-4KMB-8",
  money: money(10_000),
  coveredFee: null,
  frequency: "once" as const,
  paidAt,
};
const back = (kind: RefundOrDispute["kind"], amountMinor: number, day: number): RefundOrDispute => ({
  ...{ id: `${kind} ${day}`, kind, money: money(amountMinor) },
  at: new Date(Date.UTC(2026, 10, day, 12)),
});

const now = new Date("2026-11-27T23:30:00Z");

function render(receipt: OwnReceipt, words: Partial<Publication> = {}, locale = "en"): string {
  const setting = { t: translator(locale), publication: { ...publication, ...words }, now };
  return renderToStaticMarkup(<DocumentSheet content={receiptDocument(receipt, setting)} />);
}

test("the recipient's name, address and tax note are in the language of the receipt", () => {
  const recipient = {
    ...publication.recipient,
    legalName: { en: "Haven Foundation", ru: "Фонд «Гавань»" },
    address: { en: "12 Harbour Street", ru: "Портовая улица, 12" },
    taxNote: { en: "Gifts are deductible.", ru: "Пожертвование уменьшает налог." },
  };
  const receipt = { ...gift, standing: "kept" as const, kept: money(10_000), amendments: [] };
  const words = (locale: "en" | "ru") => [
    recipient.legalName[locale],
    recipient.address[locale],
    recipient.taxNote[locale],
  ];
  const [english, russian] = [render(receipt, { recipient }), render(receipt, { recipient }, "ru")];
  for (const word of words("en")) expect([english.includes(word), russian.includes(word)]).toEqual([true, false]);
  for (const word of words("ru")) expect([english.includes(word), russian.includes(word)]).toEqual([false, true]);
});

function linesOf(receipt: OwnReceipt): string[] {
  return [...render(receipt).matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, name, value]) => `${name}: ${value}`);
}

test("a receipt without refunds or disputes has one amount", () => {
  expect(linesOf({ ...gift, standing: "kept", kept: money(10_000), amendments: [] })).toEqual([
    "Receipt number: 7Q2H-2VTR-4KMB-8",
    `Paid to: ${legalName}`,
    "Date: November 1, 2026",
    "For: Reader support, a single gift",
    "Issued on: November 28, 2026",
    "Amount: $100.00",
  ]);
});

test("a receipt shows the gift and the covered card fee, which add up to the amount", () => {
  const receipt = { ...gift, coveredFee: money(320), standing: "kept" as const, kept: money(10_000) };
  const parts = ["Gift: $96.80", "Card fee that you covered: $3.20"];
  expect(linesOf({ ...receipt, amendments: [] }).slice(5)).toEqual([...parts, "Amount: $100.00"]);
  const amended = { ...receipt, kept: money(9_000), amendments: [back("refunded", -1_000, 3)] };
  expect(linesOf(amended).slice(5, 8)).toEqual([...parts, "Given: $100.00"]);
});

test("a statement shows the part of a gift that covers the card fee", () => {
  const line = { id: "1", kind: "given" as const, money: money(10_000), at: now, paymentId: "7Q2H", paidAt: now };
  const setting = { t: translator("en"), publication };
  expect(statementLineText({ ...line, frequency: "monthly", coveredFee: money(320) }, setting)).toBe(
    "Monthly gift, including $3.20 for the card fee",
  );
  expect(statementLineText({ ...line, frequency: "monthly", coveredFee: null }, setting)).toBe("Monthly gift");
});

test("an amended receipt shows the amount given, each refund and dispute with its day, and the amount kept", () => {
  const amendments = [
    back("refunded", -1_000, 3),
    back("refund-pending", -2_000, 4),
    back("taken-by-bank", -7_000, 5),
    back("given-back-by-bank", 7_000, 20),
  ];
  expect(linesOf({ ...gift, standing: "partly-returned", kept: money(7_000), amendments }).slice(5)).toEqual([
    "Given: $100.00",
    "Refunded on November 3, 2026: −$10.00",
    "Refund started on November 4, 2026: −$20.00",
    "Taken back by the bank on November 5, 2026: −$70.00",
    "Given back by the bank on November 20, 2026: $70.00",
    "Kept: $70.00",
  ]);
});

test("a receipt of a payment that was returned in full does not say thanks", () => {
  const returned = (kept: number) => render({ ...gift, standing: "returned", kept: money(kept), amendments: [] });
  expect(returned(0)).not.toContain("Thank you");
  expect(returned(1)).toContain("Thank you");
});

test("shows the recipient, the tax note and the time zone, and leaves out empty facts", () => {
  const receipt = { ...gift, standing: "kept" as const, kept: money(10_000), amendments: [] };
  const full = render(receipt);
  for (const words of [
    `<span>${legalName}</span>`,
    `<span>${registration}</span>`,
    `<span>${address}</span>`,
    `<p>Gifts to ${legalName} are not tax-deductible.</p>`,
    "<p>Every day on this document is a day in Moscow Standard Time (Europe/Moscow).</p>",
  ])
    expect(full).toContain(words);
  expect(render(receipt, { timeZone: "Europe/Berlin" })).toContain("in Central European Time (Europe/Berlin).");
  const { recipient } = publication;
  const bare = render(receipt, {
    recipient: { ...recipient, legalName: "", registration: null, address: {}, taxNote: { en: "" } },
  });
  expect(bare).not.toContain("sheet-issuer");
  expect(bare).toContain(`<dt>Paid to</dt><dd>${publication.name}</dd>`);
  expect(bare).not.toMatch(/tax|<p><\/p>/);
});

test.each([
  ["kept", 10_000, "Received", true],
  ["on-its-way", 0, "On its way", false],
  ["partly-returned", 7_000, "Refunded in part; $70.00 kept", true],
  ["returned", 0, "Refunded", true],
  ["held-by-bank", 0, "Taken back by your bank", true],
  ["held-by-bank", 500, "Taken back by your bank; $5.00 kept", true],
  ["failed", 0, "Did not go through", false],
] as const)("the list describes a gift that is %s with %i kept as: %s", (standing, kept, words, hasReceipt) => {
  const gifts = [{ ...gift, standing, kept: money(kept) }];
  const html = renderToStaticMarkup(<OwnPaymentsTable locale="en" ownPayments={gifts} />);
  expect(html).toContain(`<td class="own-gifts-${standing}">${words}</td>`);
  expect(html.includes("/supporters/gifts/7Q2H-2VTR-4KMB-8")).toBe(hasReceipt);
});
