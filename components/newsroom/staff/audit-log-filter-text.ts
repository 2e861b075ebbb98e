import type { Translate } from "@/content/messages";
import { PAYMENT_KINDS, PAYMENT_STANDINGS, type PaymentListFilter } from "@/domain/newsroom/payment-view";
import { STAFF_ACT_KINDS } from "@/domain/newsroom/staff/acts";
import type { AuditLogFilter } from "@/domain/newsroom/staff/log";

/** The fields of both filters. Those that choose a page of a list are never recorded. */
type FilterField = Exclude<keyof PaymentListFilter | keyof AuditLogFilter, "after" | "olderThan">;
type NameAndValue = readonly [name: string, value: string];

const FIELDS: Record<FilterField, (t: Translate, value: string) => NameAndValue> = {
  state: (t, value) => [t("newsroom.latest.status"), paymentStandingText(t, value)],
  currency: (t, value) => [t("newsroom.money.currency"), value],
  kind: (t, value) => paymentKind(t, value) ?? actKind(t, value),
  from: (t, value) => [t("staff.log.from"), value],
  to: (t, value) => [t("staff.log.to"), value],
  by: (t, value) => [t("staff.log.by"), value === "site" ? t("staff.log.site") : value],
  about: (t, value) => [t("staff.log.about"), value],
};

/**
 * Returns in words which rows an export contains. `filter`: the filter of the payments or of the audit log, as in the
 * page's URL.
 */
export function auditLogFilterText(t: Translate, filter: string): string {
  const fields = [...new URLSearchParams(filter)].map(([field, value]) => fieldText(t, field, value));
  return fields.length > 0 ? fields.join("; ") : t("staff.log.everything");
}

function fieldText(t: Translate, field: string, value: string): string {
  const [name, after] = isFilterField(field) ? FIELDS[field](t, value) : [field, value];
  return t("staff.log.value", { name, after });
}

function isFilterField(field: string): field is FilterField {
  return Object.hasOwn(FIELDS, field);
}

function paymentStandingText(t: Translate, value: string): string {
  const standing = PAYMENT_STANDINGS.find((each) => each === value);
  return standing ? t(`newsroom.standing.${standing}`) : value;
}

/** Returns null if the value is not a kind of payments. */
function paymentKind(t: Translate, value: string): NameAndValue | null {
  const kind = PAYMENT_KINDS.find((each) => each === value);
  return kind ? [t("newsroom.latest.frequency"), t(`payments.kind.${kind}`)] : null;
}

function actKind(t: Translate, value: string): NameAndValue {
  const kind = STAFF_ACT_KINDS.find((each) => each === value);
  return [t("staff.log.kind"), kind ? t(`newsroom.act.${kind}`) : value];
}
