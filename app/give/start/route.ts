// Takes the gift form: parses it, checks the budgets, starts the gift and redirects to Stripe. A refused form goes back as it was
// filled in.
import type { GiftFormProblem } from "@/components/giving/give-view";
import type { Wait } from "@/domain/giving/budgets";
import { hasStartedGift, startGift } from "@/domain/giving/checkout";
import type { Gift } from "@/domain/giving/gift";
import {
  type GiftForm,
  giftFormQuery,
  namesFrequencyAndCurrency,
  parseGift,
  readGiftForm,
} from "@/domain/giving/gift-form";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { type Db, database, isBusy } from "@/systems/database";
import { newPass, readFormToken, readPass, waitUntilReadable } from "@/systems/giving/form-token";
import { mayFormStartGift, waitBeforeGift } from "@/systems/giving/may-start";
import { log, redactError } from "@/systems/log";
import { seeOther, withOwnForm } from "@/systems/same-origin-form";
import { signNotice } from "@/systems/signed-notice";
import type { SignedToken } from "@/systems/signed-token";
import { isRefusal } from "@/systems/stripe/ask";
import { openCheckoutAt } from "@/systems/stripe/checkout";
import { stripe } from "@/systems/stripe/client";

export const dynamic = "force-dynamic";

type Attempt = { gift: Gift; token: SignedToken; fields: Record<string, string>; headers: Headers; now: Date };
type Go = { kind: "go" } | { kind: "form-used-up" } | { kind: "wait"; pass: string | null };

export const POST = withOwnForm("/give", async ({ form: sent, headers }) => {
  const now = currentTime();
  const fields = Object.fromEntries(sent);
  const form = readGiftForm(fields, publication);
  if (!namesFrequencyAndCurrency(fields, publication)) return backToForm(form, "every");
  const parsed = parseGift(
    { ...form, amount: form.amount ?? "" },
    { publication, locale: publication.defaultLanguage },
  );
  if (parsed.kind === "refused") return backToForm(form);
  const token = readFormToken(fields.form ?? "", now);
  if (!token) return backToForm(form, "form");
  await waitUntilReadable(token, now);
  try {
    const db = await database();
    const { gift } = parsed;
    const go = await mayGo(db, { gift, token, fields, headers, now });
    if (go.kind === "form-used-up") return backToForm(form, "form");
    if (go.kind === "wait") return toWait(form, { form: fields.form ?? "", pass: go.pass });
    const started = await startGift(db, { gift, nonce: token.id, now, openCheckout: openCheckoutAt(stripe()) });
    return seeOther(started.kind === "pay" ? started.url : `/thank-you?session=${started.sessionId}`);
  } catch (error) {
    log.error({ error: redactError(error) }, "Checkout could not be opened");
    return backToForm(form, problemOf(error));
  }
});

async function mayGo(db: Db, { gift, token, fields, headers, now }: Attempt): Promise<Go> {
  if (await hasStartedGift(db, { gift, nonce: token.id, now })) return { kind: "go" };
  const pass = readPass(fields.pass ?? "", { form: token, gift, now });
  if (pass.kind === "ready") return { kind: "go" };
  if (pass.kind === "early") return { kind: "wait", pass: fields.pass ?? "" };
  if (!(await mayFormStartGift(db, { formId: token.id, now }))) return { kind: "form-used-up" };
  const wait = await waitBeforeGift(db, { gift, headers, filledHiddenField: Boolean(fields.website), now });
  return wait.kind === "none" ? { kind: "go" } : { kind: "wait", pass: passFor(wait, { gift, token, now }) };
}

function passFor(wait: Wait, { gift, token, now }: Pick<Attempt, "gift" | "token" | "now">): string | null {
  if (wait.kind !== "seconds") return null;
  return newPass({ form: token, gift, readyAt: new Date(now.getTime() + wait.seconds * 1000) });
}

function problemOf(error: unknown): GiftFormProblem {
  if (isBusy(error)) return "busy";
  return isRefusal(error) ? "refused" : "unreachable";
}

function backToForm(form: GiftForm, problem?: GiftFormProblem): Response {
  const query = problem ? `&signature=${signNotice(problem, currentTime())}&problem=${problem}` : "";
  return seeOther(`/give?${queryOf(form)}${query}`);
}

function toWait(form: GiftForm, more: { form: string; pass: string | null }): Response {
  const { pass } = more;
  return seeOther(`/give/wait?${queryOf(form)}&${new URLSearchParams({ form: more.form, ...(pass && { pass }) })}`);
}

function queryOf(form: GiftForm): string {
  return giftFormQuery({ ...form, amount: form.amount ?? "" });
}
