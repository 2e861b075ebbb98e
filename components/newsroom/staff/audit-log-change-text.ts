import type { Translate } from "@/content/messages";
import { formatMoney, isStripeCurrency } from "@/domain/money";
import type { AuditLogValueChange } from "@/domain/newsroom/staff/log";
import { formatIncomePerThousandReaders } from "../experiments/words";
import { formatDateAndTime } from "../format-time";
import { findAuditLogNameText, findAuditLogValueText } from "./audit-log-values";

type ChangeContext = { currency: string | null; timeZone: string };
type Value = AuditLogValueChange["after"];

/** Matches a time as the log stores it, in UTC. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

export function auditLogChangeText(
  t: Translate,
  { name, before, after }: AuditLogValueChange,
  context: ChangeContext,
): string {
  const words = findAuditLogNameText(t, name) ?? wordsOfStoredName(name);
  const text = (value: Value) => valueText(t, value, { name, ...context });
  if (before === null) return t("staff.log.value", { name: words, after: text(after) });
  return t("staff.log.change", { name: words, before: text(before), after: text(after) });
}

/** Returns the words for a name that only another version of the site records: `refundedAt` becomes `refunded at`. */
function wordsOfStoredName(name: string): string {
  return name.replace(/Minor$/, "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Returns a value without a message as it is stored. */
function valueText(t: Translate, value: Value, { name, ...context }: ChangeContext & { name: string }): string {
  if (value === null) return t("newsroom.none");
  if (typeof value === "boolean") return t(value ? "staff.roles.yes" : "staff.roles.no");
  if (typeof value === "string") return findAuditLogValueText(t, name, value) ?? timeOrStoredText(t, value, context);
  if (typeof value === "number") return amountText(t, value, { name, ...context }) ?? String(value);
  return String(value);
}

function timeOrStoredText(t: Translate, value: string, { timeZone }: ChangeContext): string {
  if (value === "") return t("newsroom.none");
  const at = new Date(TIME.test(value) ? value : Number.NaN);
  return Number.isNaN(at.getTime()) ? value : formatDateAndTime(t, { at, timeZone });
}

/** Returns null for a number that is no amount. */
function amountText(
  t: Translate,
  value: number,
  { name, currency }: { name: string; currency: string | null },
): string | null {
  if (!/Minor$/.test(name) || currency === null || !isStripeCurrency(currency)) return null;
  // The effect is for one reader and can be a fraction of a minor unit. Its name says that it is for 1,000.
  if (name === "smallestEffectMinor") return formatIncomePerThousandReaders(t, { minorPerReader: value, currency });
  if (!Number.isSafeInteger(value)) return null;
  return formatMoney({ amountMinor: value, currency }, { locale: t.locale, alwaysDecimals: true });
}
