import { Notice, type NoticeKind } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";
import { formatMoney, type Money } from "@/domain/money";
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { formatDay } from "../site/format-day";
import { recurringAmountText } from "./recurring-words";

const KINDS = {
  amount: "good",
  frequency: "good",
  date: "good",
  skipped: "good",
  paused: "good",
  resumed: "good",
  cancelled: "good",
  undone: "good",
  paid: "good",
  again: "good",
  kept: "good",
  same: "info",
  stale: "info",
  "not-ours": "info",
  "too-far": "bad",
  "still-ends": "bad",
  "pay-refused": "bad",
  "again-refused": "bad",
  "kept-partly": "bad",
  failed: "bad",
} as const satisfies Record<string, NoticeKind>;

export type GiftChangeOutcome = keyof typeof KINDS;
export const GIFT_CHANGE_OUTCOMES = Object.keys(KINDS) as GiftChangeOutcome[];

type GiftChangeOutcomeNoticeProps = {
  t: Translate;
  outcome: GiftChangeOutcome;
  gift: OwnRecurringGift;
  formerAmount: Money | null;
};

export function GiftChangeOutcomeNotice({ t, outcome, gift, formerAmount }: GiftChangeOutcomeNoticeProps) {
  if (outcome === "failed")
    return (
      <Notice kind="bad" title={t("supporters.failed")}>
        <p>{t("supporters.failed-text")}</p>
      </Notice>
    );
  const text = outcomeText(t, { outcome, gift, formerAmount });
  const title = t(`supporters.done.${outcome}`, { amount: recurringAmountText(t, gift), day: nextDay(t, gift) ?? "" });
  return (
    <Notice kind={KINDS[outcome]} title={title}>
      {text ? <p>{text}</p> : null}
    </Notice>
  );
}

type TextProps = Omit<GiftChangeOutcomeNoticeProps, "t" | "outcome"> & {
  outcome: Exclude<GiftChangeOutcome, "failed">;
};

/** Returns the text below the title. Null if a day or the former amount, which the text needs, is missing. */
function outcomeText(t: Translate, { outcome, gift, formerAmount }: TextProps): string | null {
  const { frequency, endsAt, resumesAt } = gift;
  const day = (date: Date) => formatDay(date, { locale: t.locale });
  const next = nextDay(t, gift);
  switch (outcome) {
    case "same":
    case "not-ours":
    case "stale":
    case "pay-refused":
    case "again-refused":
    case "kept":
    case "kept-partly":
      return t(`supporters.done.${outcome}-text`);
    case "too-far":
      return t("supporters.done.too-far-text", { contact: publication.contact });
    case "still-ends":
      return endsAt && t("supporters.done.still-ends-text", { day: day(endsAt), contact: publication.contact });
    case "amount":
      return (
        formerAmount &&
        t("supporters.done.amount-text", { before: recurringAmountText(t, { money: formerAmount, frequency }) })
      );
    case "cancelled":
      if (gift.standing === "ended") return t("supporters.done.ended-text");
      return endsAt && t("supporters.done.cancelled-text", { day: day(endsAt) });
    case "undone":
      return next && t("supporters.done.undone-text", { amount: recurringAmountText(t, gift), day: next });
    case "paid":
    case "again":
      return next && t("supporters.recurring.next", { day: next });
    case "paused":
      return (
        next &&
        resumesAt &&
        t("supporters.done.paused-text", { ...values(t, gift), day: next, resumes: day(resumesAt) })
      );
    default:
      return next && t(`supporters.done.${outcome}-text`, { ...values(t, gift), day: next });
  }
}

function nextDay(t: Translate, { chargesNextAt }: OwnRecurringGift): string | null {
  return chargesNextAt && formatDay(chargesNextAt, { locale: t.locale });
}

function values(t: Translate, gift: OwnRecurringGift): { amount: string } {
  return { amount: gift.money ? formatMoney(gift.money, { locale: t.locale }) : recurringAmountText(t, gift) };
}
