// The gift form's door: parse → start → on to Stripe. A refusal goes back to the form, filled in as it was.

import type { CheckoutProblem } from "@/components/giving/give-view";
import { startGift } from "@/domain/giving/checkout";
import { type GiftForm, giftFormQuery, parseGift, readGiftForm } from "@/domain/giving/gift-form";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { describe, log } from "@/systems/log";
import { readOwnForm, seeOther } from "@/systems/own-form";
import { isRefusal } from "@/systems/stripe/ask";
import { openCheckoutAt } from "@/systems/stripe/checkout";
import { stripe } from "@/systems/stripe/client";
import { tellNow } from "@/systems/told";

export const dynamic = "force-dynamic";

const NONCE = /^[\w-]{16,64}$/;

export async function POST(request: Request): Promise<Response> {
  const sent = await readOwnForm(request);
  if (sent instanceof Response) return sent;
  const fields = Object.fromEntries(sent);
  const form = readGiftForm(fields, publication);
  const parsed = parseGift(
    { ...form, amount: form.amount ?? "" },
    { publication, locale: publication.defaultLanguage },
  );
  const nonce = fields.form ?? "";
  // A form without its nonce could be sent twice unknowingly: the page gives it a new one and asks again.
  if (parsed.kind === "refused" || !NONCE.test(nonce)) return backToForm(form);
  try {
    const openCheckout = openCheckoutAt(stripe());
    const started = await startGift(await database(), { gift: parsed.gift, nonce, now: currentTime(), openCheckout });
    return seeOther(started.kind === "pay" ? started.url : `/thank-you?session=${started.sessionId}`);
  } catch (error) {
    log.error({ error: describe(error) }, "Checkout could not be opened");
    return backToForm(form, isRefusal(error) ? "refused" : "unreachable");
  }
}

function backToForm(form: GiftForm, problem?: CheckoutProblem): Response {
  const amount = form.amount ?? "";
  const told = problem ? `&told=${tellNow(problem, currentTime())}&problem=${problem}` : "";
  return seeOther(`/give?${giftFormQuery({ ...form, amount })}${told}`);
}
