import { hasStartedGift, type NextStepOfStartedGift, startGift } from "@/domain/giving/checkout";
import type { Gift } from "@/domain/giving/gift";
import {
  type GiftFormValues,
  giftFormQuery,
  hasFrequencyAndCurrency,
  parseGift,
  readGiftFormWithDefaults,
} from "@/domain/giving/gift-form";
import type { GiftWait } from "@/domain/giving/rate-limits";
import { localizedPath, offeredLanguage } from "@/domain/languages";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { type Db, database } from "@/systems/database";
import { giftFormProblemOf, redirectToGiftForm } from "@/systems/giving/form-problem";
import { newWaitToken, readFormToken, readWaitToken, waitUntilFormTokenIsOldEnough } from "@/systems/giving/form-token";
import { countGiftAndCheckWithinFormLimit, countGiftAndFindWait } from "@/systems/giving/may-start";
import { hasOwnPaymentPage, nextUrlOf } from "@/systems/giving/payment-page";
import { log, redactError } from "@/systems/log";
import { seeOther, withSameOriginForm } from "@/systems/same-origin-form";
import type { SignedTokenContent } from "@/systems/signed-token";
import { checkoutOpener } from "@/systems/stripe/checkout";
import { stripe } from "@/systems/stripe/client";

export const dynamic = "force-dynamic";

type Attempt = { gift: Gift; token: SignedTokenContent; fields: Record<string, string>; headers: Headers; now: Date };
type Go = { kind: "go" } | { kind: "form-used-up" } | { kind: "wait"; pass: string | null };

export const POST = withSameOriginForm("/give", async ({ form: sent, headers }) => {
  const now = currentTime();
  const fields = Object.fromEntries(sent);
  const form = readGiftFormWithDefaults(fields, publication);
  const locale = offeredLanguage(fields.language, publication);
  const formPath = () => localizedPath(locale, `/give?${queryOf(form)}`, publication);
  if (!hasFrequencyAndCurrency(fields, publication)) return redirectToGiftForm(formPath(), "every");
  const parsed = parseGift({ ...form, amount: form.amount ?? "" }, { publication, locale });
  if (parsed.kind === "refused") return redirectToGiftForm(formPath());
  const token = readFormToken(fields.form ?? "", now);
  if (!token) return redirectToGiftForm(formPath(), "form");
  await waitUntilFormTokenIsOldEnough(token, now);
  try {
    const db = await database();
    const { gift } = parsed;
    const go = await mayGo(db, { gift, token, fields, headers, now });
    if (go.kind === "form-used-up") return redirectToGiftForm(formPath(), "form");
    if (go.kind === "wait")
      return toWait(form, { form: fields.form ?? "", pass: go.pass, from: fields.from ?? "", locale });
    const place = fields.from && hasOwnPaymentPage() ? "embedded" : "hosted";
    const started = await startGift(db, { gift, nonce: token.id, now, place, openCheckout: checkoutOpener(stripe()) });
    return seeOther(nextUrlOf(started) + wayBack(started, fields));
  } catch (error) {
    log.error({ error: redactError(error) }, "Checkout could not be opened");
    return redirectToGiftForm(formPath(), giftFormProblemOf(error));
  }
});

async function mayGo(db: Db, { gift, token, fields, headers, now }: Attempt): Promise<Go> {
  if (await hasStartedGift(db, { gift, nonce: token.id, now })) return { kind: "go" };
  const pass = readWaitToken(fields.pass ?? "", { form: token, gift, now });
  if (pass.kind === "ready") return { kind: "go" };
  if (pass.kind === "early") return { kind: "wait", pass: fields.pass ?? "" };
  if (!(await countGiftAndCheckWithinFormLimit(db, { formId: token.id, now }))) return { kind: "form-used-up" };
  const wait = await countGiftAndFindWait(db, { gift, headers, filledHiddenField: Boolean(fields.website), now });
  return wait.kind === "none" ? { kind: "go" } : { kind: "wait", pass: passFor(wait, { gift, token, now }) };
}

/**
 * Returns the URL fragment that makes the payment page's link "back" go back in history, to the same place in the
 * article. Returns "" for a form with a `pass`: it comes from the waiting page, so the article is not the previous
 * page.
 */
function wayBack({ kind }: NextStepOfStartedGift, { from = "", pass }: Record<string, string>): string {
  return kind === "pay-here" && from.startsWith("/articles/") && !pass ? "#back" : "";
}

function passFor(wait: GiftWait, { gift, token, now }: Pick<Attempt, "gift" | "token" | "now">): string | null {
  if (wait.kind !== "seconds") return null;
  return newWaitToken({ form: token, gift, readyAt: new Date(now.getTime() + wait.seconds * 1000) });
}

function toWait(
  form: GiftFormValues,
  more: { form: string; pass: string | null; from: string; locale: string },
): Response {
  const { pass, from, locale } = more;
  const query = new URLSearchParams({
    form: more.form,
    ...(pass && { pass }),
    ...(from && { from }),
    language: locale,
  });
  return seeOther(`/give/wait?${queryOf(form)}&${query}`);
}

function queryOf(form: GiftFormValues): string {
  return giftFormQuery({ ...form, amount: form.amount ?? "" });
}
