// Proposes texts for the evidence against a dispute. They claim nothing that the database does not show. Times are in
// UTC, because a bank does not know the newsroom's time zone.
import type { Translate } from "@/content/messages";
import { GIFT_CHANGE_KINDS_SHOWN_TO_STAFF } from "@/domain/ledger/fact";
import { shownReceiptNumber } from "@/domain/ledger/receipt-number";
import { formatMoneyWithDecimals } from "@/domain/money";
import type { CaseEvent, DisputeCase } from "@/domain/newsroom/evidence/dispute-case";
import { type DisputeEvidence, type EvidenceField, listEvidenceFields } from "@/domain/newsroom/evidence/fields";
import { frequencyPhrase } from "../../giving/frequency-words";
import { formatDay } from "../../site/format-day";

/** `name`: the publication's name. */
type Case = { disputeCase: DisputeCase; name: string };

export function proposeEvidence(t: Translate, { disputeCase, name }: Case): DisputeEvidence {
  const texts = listEvidenceFields(disputeCase.reason).map((field) => [
    field,
    PROPOSALS[field]?.(t, { disputeCase, name }) ?? "",
  ]);
  return { texts: Object.fromEntries(texts), withAddress: false, files: {} };
}

const PROPOSALS: Partial<Record<EvidenceField, (t: Translate, at: Case) => string>> = {
  product_description: describeGift,
  service_date: (t, { disputeCase }) => dayInUtc(t, disputeCase.payment.paidAt),
  duplicate_charge_id: (_, { disputeCase }) => disputeCase.similarPayment?.chargeId ?? "",
  duplicate_charge_explanation: explainLike,
  cancellation_policy_disclosure: (t) =>
    t("dispute.proposal.cancellation_policy_disclosure", { words: t("giving.cancel") }),
  cancellation_rebuttal: describeEnd,
  access_activity_log: (t, { disputeCase }) => disputeCase.events.map((event) => eventLine(t, event)).join("\n"),
};

function describeGift(t: Translate, { disputeCase: { payment }, name }: Case): string {
  return t("dispute.proposal.product_description", {
    amount: formatMoneyWithDecimals(t.locale, payment.money),
    name,
    frequency: frequencyPhrase(t, payment.frequency).toLowerCase(),
    number: shownReceiptNumber(payment.id),
  });
}

function explainLike(t: Translate, { disputeCase: { similarPayment, payment } }: Case): string {
  if (!similarPayment) return "";
  const days = { other: dayInUtc(t, similarPayment.paidAt), day: dayInUtc(t, payment.paidAt) };
  return t("dispute.proposal.duplicate_charge_explanation", {
    amount: formatMoneyWithDecimals(t.locale, payment.money),
    ...days,
  });
}

/**
 * Describes when the recurring gift began and when it ended. Returns "" if the payment has no recurring gift, or if the
 * gift's start is unknown. Also returns "" if the gift ended before the payment: then the cardholder is right, and
 * there is nothing to rebut.
 */
function describeEnd(t: Translate, { disputeCase: { gift, giftEndedAt, payment } }: Case): string {
  const since = gift?.startedAt;
  if (!since || (giftEndedAt && giftEndedAt <= payment.paidAt)) return "";
  const ended = giftEndedAt ? { ended: "yes", day: dayInUtc(t, giftEndedAt) } : { ended: "no", day: "" };
  return t("dispute.proposal.cancellation_rebuttal", { since: dayInUtc(t, since), ...ended });
}

function eventLine(t: Translate, event: CaseEvent): string {
  return t("dispute.proposal.line", { time: formatTimeInUtc(t, event.at), what: caseEventText(t, event) });
}

export function caseEventText(t: Translate, event: CaseEvent): string {
  switch (event.kind) {
    case "mail": {
      const mail = (["thanks", "debit-pending"] as const).find((kind) => kind === event.mail) ?? "other";
      return t(`dispute.event.mail.${mail}`);
    }
    case "change":
      return changeWords(t, event);
    default:
      return t(`dispute.event.${event.kind}`, { amount: formatMoneyWithDecimals(t.locale, event.money) });
  }
}

function changeWords(
  t: Translate,
  { change, by, money, before, until }: Extract<CaseEvent, { kind: "change" }>,
): string {
  const shownKind = GIFT_CHANGE_KINDS_SHOWN_TO_STAFF.find((kind) => kind === change);
  if (!shownKind) return t("dispute.change.other", { change });
  return t(`dispute.change.${shownKind}`, {
    who: t("dispute.change.by", { by: by ?? "unknown" }),
    ...{ amount: money ? formatMoneyWithDecimals(t.locale, money) : "", hasAmount: money ? "yes" : "no" },
    ...{ before: before ? formatMoneyWithDecimals(t.locale, before) : "", hasBefore: before ? "yes" : "no" },
    ...{ day: until ? dayInUtc(t, until) : "", hasDay: until ? "yes" : "no" },
  });
}

export function formatTimeInUtc(t: Translate, at: Date): string {
  return new Intl.DateTimeFormat(t.locale, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }).format(at);
}

function dayInUtc(t: Translate, at: Date): string {
  return formatDay(at, { locale: t.locale, timeZone: "UTC" });
}
