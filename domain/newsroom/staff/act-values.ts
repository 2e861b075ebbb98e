// The values that the audit log records. Each name has a text in components/newsroom/staff/audit-log-values.ts, and so
// has each value of a closed set.
import type { AppealActValues } from "../../appeal/audit-log-recorder";
import type { Currency } from "../../money";
import type { Role } from "../../staff-role";
import type { RecurringGiftStanding } from "../../supporters/own-recurring-gifts";
import type { DisputeResponseAction, UndoneDisputeRequestOutcome } from "../evidence/ask";
import type { EvidenceFileType, EvidenceUploadField } from "../evidence/files";
import type { AddressRevealReason, DisputeResponseReason } from "../people/reasons";
import type { StaffGiftChangeAction, UnconfirmedGiftChangeOutcome } from "../people/staff-gift-changes";
import type { TaskResolution } from "../task-progress";
import type { SecondFactorKind } from "./factor";

/**
 * The values that an act can have, by name. Names that end in `Minor` are amounts in `currency`. Times are in ISO 8601,
 * and days such as `2026-11-24`.
 */
export type StaffActValues = AppealActValues &
  ColleagueActValues &
  SupporterActValues &
  DisputeActValues &
  ExportActValues &
  ExperimentActValues;

/** `left`: the number of recovery codes that still work. */
type ColleagueActValues = {
  role: Role;
  with: SecondFactorKind;
  left: number;
  note: TaskResolution;
  recorded: number;
  failed: number;
};

/**
 * `request`, `refund`: ids. `into`: the id of the other supporter of a merger. `code`: of Stripe or the site, in
 * components/newsroom/refusal-code-text.ts. `until`: when a free seat ends.
 */
type SupporterActValues = {
  why: AddressRevealReason | DisputeResponseReason;
  request: string;
  wish: StaffGiftChangeAction | DisputeResponseAction;
  outcome: UnconfirmedGiftChangeOutcome | UndoneDisputeRequestOutcome;
  code: string;
  standing: RecurringGiftStanding;
  amountMinor: number | null;
  currency: Currency | null;
  nextPaymentAt: string | null;
  resumesAt: string | null;
  months: number;
  keptMinor: number | null;
  endsGift: boolean;
  refund: string;
  until: string | null;
  isOldLost: boolean;
  into: string;
};

/**
 * `status`: of a dispute in Stripe's words, or a MessageStatus. `dispute`: its id. `added`, `removed`: names of files
 * from EVIDENCE_FILE_FIELDS, separated by commas.
 */
type DisputeActValues = {
  status: string;
  dispute: string;
  field: EvidenceUploadField;
  type: EvidenceFileType;
  bytes: number;
  added: string;
  removed: string;
};

/** `filter`: the filter of a page, as in its URL. `from`, `to`: days, both included. */
type ExportActValues = { from: string; to: string; rows: number; filter: string };

/**
 * `arms`, `rates`: as plan-for-audit-log.ts writes them. `appeal`: its id. `lastDay`: a day. `smallestEffectMinor`: for
 * one reader.
 */
type ExperimentActValues = {
  appeal: string;
  arms: string;
  rates: string;
  capMinor: number;
  plannedReaders: number;
  smallestEffectMinor: number;
  lastDay: string;
};

export type StaffActValueName = keyof StaffActValues;
