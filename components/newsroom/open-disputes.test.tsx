import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { translator } from "@/content/messages";
import { moneyOf } from "@/domain/money";
import { OpenDisputes } from "./open-disputes";

test("the queue gives the reason of a dispute in the reader's language, and an unknown one in Stripe's words", () => {
  expect(rendered("en", "product_not_received")).toContain(", nothing received ");
  expect(rendered("ru", "product_not_received")).toContain(", ничего не получено ");
  expect(rendered("ru", "bank_cannot_process")).toContain(", bank cannot process ");
});

function rendered(locale: string, reason: string): string {
  const context = { t: translator(locale), taskProgress: new Map(), ownId: "s1", nameOf: () => "", timeZone: "UTC" };
  const dispute = {
    id: "du_1",
    paymentId: null,
    money: moneyOf(500n, "EUR"),
    reason,
    openedAt: new Date(0),
    answerBy: null,
  };
  return renderToStaticMarkup(<OpenDisputes context={context} disputes={[dispute]} />);
}
