// The texts of the names and values that the audit log records. The type check fails if a name, or a value of a closed
// set, has no text.
import type { MessageKey, Translate } from "@/content/messages";
import { APPEAL_STATES } from "@/domain/appeal/appeal-state";
import { EVIDENCE_FILE_FIELDS, EVIDENCE_FILE_TYPES } from "@/domain/newsroom/evidence/files";
import type { StaffActValueName, StaffActValues } from "@/domain/newsroom/staff/act-values";
import { TASK_RESOLUTIONS } from "@/domain/newsroom/task-progress";
import { ROLES } from "@/domain/staff-role";
import { RECURRING_GIFT_STANDINGS } from "@/domain/supporters/own-recurring-gifts";
import { refusalCodeText } from "../refusal-code-text";
import {
  type ClosedSet,
  closedSet,
  OUTCOMES,
  REASONS,
  REQUESTED_CHANGES,
  SECOND_FACTORS,
} from "./audit-log-closed-sets";
import { auditLogFilterText } from "./audit-log-filter-text";
import { armsText, evidenceFilesText, statusText } from "./audit-log-value-text";

/** The currency is not shown by itself, but with each amount. */
type ShownName = Exclude<StaffActValueName, "currency">;

/** The values of a closed set. It is `never` if the value can be any text, or is no text. */
type OneOf<Value> = string extends Value ? never : Extract<Value, string>;

type ValueText = (t: Translate, value: string) => string;

type NameAndValueTexts<Value> = { name: MessageKey } & ([OneOf<Value>] extends [never]
  ? { text?: ValueText }
  : { oneOf: ClosedSet<OneOf<Value>> });

const TEXTS: { [Name in ShownName]: NameAndValueTexts<StaffActValues[Name]> } = {
  added: { name: "staff.log.name.added", text: evidenceFilesText },
  amountMinor: { name: "newsroom.latest.amount" },
  appeal: { name: "staff.log.name.appeal" },
  arms: { name: "experiments.plan.arms", text: armsText },
  as: { name: "staff.log.name.as" },
  by: { name: "staff.log.name.by" },
  bytes: { name: "staff.log.name.bytes" },
  capMinor: { name: "experiments.plan.cap" },
  code: { name: "staff.log.name.code", text: refusalCodeText },
  dispute: { name: "dispute.tab" },
  endsAt: { name: "staff.log.name.ends-at" },
  endsGift: { name: "people.refund.ends" },
  failed: { name: "staff.log.name.failed" },
  field: {
    name: "staff.log.name.field",
    oneOf: closedSet(EVIDENCE_FILE_FIELDS, (t, field) => t(`dispute.file.${field}`)),
  },
  filter: { name: "staff.log.name.filter", text: auditLogFilterText },
  from: { name: "exports.from" },
  into: { name: "staff.log.name.into" },
  isOldLost: { name: "people.correct.lost" },
  keptMinor: { name: "people.payment.kept" },
  lastDay: { name: "experiments.plan.last-day" },
  left: { name: "staff.log.name.left" },
  months: { name: "staff.log.name.months" },
  nextPaymentAt: { name: "people.gifts.next" },
  note: { name: "staff.log.name.note", oneOf: closedSet(TASK_RESOLUTIONS, (t, note) => t(`work.note.${note}`)) },
  outcome: { name: "staff.log.name.outcome", oneOf: OUTCOMES },
  plannedReaders: { name: "experiments.plan.readers" },
  rates: { name: "experiments.plan.rates" },
  recorded: { name: "staff.log.name.recorded" },
  refund: { name: "people.refund.title" },
  removed: { name: "staff.log.name.removed", text: evidenceFilesText },
  request: { name: "staff.log.name.request" },
  resumesAt: { name: "staff.log.name.resumes-at" },
  role: { name: "staff.colleagues.role", oneOf: closedSet(ROLES, (t, role) => t(`staff.role.${role}`)) },
  rows: { name: "staff.log.name.rows" },
  smallestEffectMinor: { name: "experiments.plan.effect" },
  standing: {
    name: "people.gifts.state",
    oneOf: closedSet(RECURRING_GIFT_STANDINGS, (t, standing) =>
      t(`people.state.${standing}`, { day: "", hasDay: "no" }),
    ),
  },
  startsAt: { name: "staff.log.name.starts-at" },
  state: { name: "people.gifts.state", oneOf: closedSet(APPEAL_STATES, (t, state) => t(`appeals.state.${state}`)) },
  status: { name: "newsroom.latest.status", text: statusText },
  to: { name: "exports.to" },
  type: { name: "staff.log.name.type", oneOf: closedSet(EVIDENCE_FILE_TYPES, (_, type) => type.toUpperCase()) },
  until: { name: "staff.log.name.until" },
  version: { name: "staff.log.name.version" },
  why: { name: "newsroom.failed.reason", oneOf: REASONS },
  wish: { name: "staff.log.name.wish", oneOf: REQUESTED_CHANGES },
  with: { name: "staff.log.name.with", oneOf: SECOND_FACTORS },
};

/** Returns null for a name that this version of the site does not record. */
export function findAuditLogNameText(t: Translate, name: string): string | null {
  return isShownName(name) ? t(TEXTS[name].name) : null;
}

/** Returns null if the value needs no message, or if this version of the site has none for it. */
export function findAuditLogValueText(t: Translate, name: string, value: string): string | null {
  if (!isShownName(name)) return null;
  const { text, oneOf }: { text?: ValueText; oneOf?: Partial<ClosedSet<string>> } = TEXTS[name];
  if (oneOf) return Object.hasOwn(oneOf, value) ? (oneOf[value]?.(t) ?? null) : null;
  return text?.(t, value) ?? null;
}

function isShownName(name: string): name is ShownName {
  return Object.hasOwn(TEXTS, name);
}
