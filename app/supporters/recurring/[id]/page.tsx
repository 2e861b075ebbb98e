import { frequencyKeyEndingAndPlaceholderValue } from "@/components/giving/frequency-words";
import type { TypedAmount } from "@/components/supporters/amount-form";
import { PayOverdueForms, ResumeForm } from "@/components/supporters/gift-action-forms";
import { GiftActions } from "@/components/supporters/gift-actions";
import {
  GIFT_CHANGE_OUTCOMES,
  type GiftChangeOutcome,
  GiftChangeOutcomeNotice,
} from "@/components/supporters/outcome-notice";
import { OwnPaymentsTable } from "@/components/supporters/own-payments-table";
import { RecurringGiftDetails } from "@/components/supporters/recurring-gift-details";
import { OnlyStaffCanChangeGiftLine, UndoCancelForm } from "@/components/supporters/recurring-gifts-section";
import { recurringGiftStandingText } from "@/components/supporters/recurring-words";
import { RestartEndedGiftForm } from "@/components/supporters/start-again";
import { LinkStyledAsButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type Translate, translator } from "@/content/messages";
import { COVER_FEE_CHECKED_VALUE, COVER_FEE_FIELD, parseChangedAmount } from "@/domain/giving/gift-form";
import { type Money, parseAmount } from "@/domain/money";
import { findNextAttemptIfOverdue } from "@/domain/supporters/next-attempt";
import { listPaymentsOfRecurringGift } from "@/domain/supporters/own-gifts";
import {
  canOnlyStaffChangeGift,
  listOwnRecurringGifts,
  mayCancel,
  mayPayOverdue,
  mayStartGiftAgain,
  mayUndoCancel,
  type OwnRecurringGift,
} from "@/domain/supporters/own-recurring-gifts";
import { mayResume } from "@/domain/supporters/pauses";
import { publication } from "@/publication";
import { requireOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("supporters.recurring", { count: 1 });

/**
 * `amount` comes from the form for a new amount, or from a link in a letter (raise/route.ts). `frequency` comes from
 * the form for another frequency. The result of a change comes in an encrypted cookie, not in the URL. So nobody can
 * make a link that shows a false result.
 */
type Query = Partial<Record<"amount" | "frequency" | typeof COVER_FEE_FIELD, string | string[]>>;
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export default async function RecurringGiftPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = `/supporters/recurring/${id}`;
  const { gift, supporterId, locale } = await requireOwnRecurringGift(id, path);
  const t = translator(locale);
  const db = await database();
  const now = currentTime();
  const { word, every } = frequencyKeyEndingAndPlaceholderValue(t, gift.frequency);
  const note = await readFlashMessage(path);
  const outcome = GIFT_CHANGE_OUTCOMES.find((each) => each === note?.done && isTrueOf(gift, each));
  const payments = await listPaymentsOfRecurringGift(db, { recurringGiftId: id, supporterId });
  const others = gift.standing === "ended" ? await listOwnRecurringGifts(db, supporterId) : [];
  return (
    <div className="page page-narrow recurring-page">
      <p className="supporters-back">
        <a href="/supporters">{t("supporters.back")}</a>
      </p>
      <h1>{t(`supporters.recurring.title.${word}`, { every })}</h1>
      {outcome ? (
        <GiftChangeOutcomeNotice t={t} outcome={outcome} gift={gift} formerAmount={readBefore(note?.before, gift)} />
      ) : null}
      <Standing t={t} gift={gift} outcome={outcome} />
      <RecurringGiftDetails t={t} gift={gift} nextAttempt={await findNextAttemptIfOverdue(db, { id, now })} />
      {mayStartGiftAgain(gift, others) ? <RestartEndedGiftForm t={t} gift={gift} /> : null}
      <GiftActions locale={locale} gift={gift} now={now} typed={readTyped(await searchParams, gift)} />
      {canOnlyStaffChangeGift(gift) ? <ChangeByHand t={t} /> : null}
      {payments.length > 0 ? <OwnPaymentsTable locale={locale} ownPayments={payments} isOfOneGift /> : null}
      {mayCancel(gift) ? <OfferCancel t={t} gift={gift} /> : null}
    </div>
  );
}

function readTyped(
  { amount, frequency, [COVER_FEE_FIELD]: cover }: Query,
  { currency, coveredFee }: OwnRecurringGift,
): TypedAmount | null {
  const of = typeof amount === "string" ? "amount" : "frequency";
  const text = of === "amount" ? amount : frequency;
  // A query parameter given twice counts as missing.
  if (typeof text !== "string") return null;
  // If the URL contains an amount but no `cover`, the checkbox shows whether the gift covers the card fee at present.
  const covers = typeof cover === "string" ? cover : coveredFee ? COVER_FEE_CHECKED_VALUE : "";
  const parsed = parseChangedAmount({ text, cover: covers, currency }, publication);
  return {
    form: of,
    text,
    coversFee: covers === COVER_FEE_CHECKED_VALUE,
    refusal: parsed.kind === "refused" ? parsed : null,
  };
}

function Standing({
  t,
  gift,
  outcome,
}: {
  t: Translate;
  gift: OwnRecurringGift;
  outcome: GiftChangeOutcome | undefined;
}) {
  const words = recurringGiftStandingText(t, gift);
  if (gift.standing === "running" || !words) return null;
  const buttons = (
    <>
      {mayPayOverdue(gift) ? <PayOverdueForms t={t} gift={gift} /> : null}
      {mayUndoCancel(gift) ? <UndoCancelForm t={t} id={gift.id} /> : null}
      {mayResume(gift) ? <ResumeForm t={t} gift={gift} /> : null}
    </>
  );
  // The notice above already says how the gift stands, so only the buttons are needed.
  if (outcome === "cancelled" || outcome === "paused") return buttons;
  return (
    <Notice kind={gift.standing === "late" || gift.standing === "unpaid" ? "bad" : "info"}>
      {outcome === "pay-refused" ? null : <p>{words}</p>}
      {buttons}
    </Notice>
  );
}

function ChangeByHand({ t }: { t: Translate }) {
  return (
    <section className="supporters-section" aria-labelledby="change">
      <h2 id="change">{t("supporters.recurring.by-hand-title")}</h2>
      <OnlyStaffCanChangeGiftLine t={t} />
    </section>
  );
}

function OfferCancel({ t, gift }: { t: Translate; gift: OwnRecurringGift }) {
  return (
    <section className="supporters-section" aria-labelledby="cancel">
      <h2 id="cancel">{t("supporters.cancel.title")}</h2>
      <p>{t("supporters.cancel.intro")}</p>
      <LinkStyledAsButton kind="quiet" href={`/supporters/recurring/${gift.id}/cancel`}>
        {t("supporters.cancel.open")}
      </LinkStyledAsButton>
    </section>
  );
}

/**
 * Returns true if the message about the outcome of a change is still true for the gift. Returns false if, for example,
 * the change was undone elsewhere.
 */
function isTrueOf({ standing, hasStandardTerms }: OwnRecurringGift, outcome: GiftChangeOutcome): boolean {
  const isOver = standing === "ending" || standing === "ended";
  if (outcome === "cancelled") return isOver;
  if (outcome === "undone") return !isOver;
  if (outcome === "still-ends") return standing === "ending";
  if (outcome === "paused") return standing === "paused";
  if (outcome === "resumed" || outcome === "skipped" || outcome === "date") return standing === "running";
  return outcome === "not-ours" ? !hasStandardTerms : true;
}

function readBefore(text: unknown, gift: OwnRecurringGift): Money | null {
  const parsed = parseAmount(typeof text === "string" ? text : "", gift.currency);
  return parsed.kind === "amount" ? parsed.money : null;
}
