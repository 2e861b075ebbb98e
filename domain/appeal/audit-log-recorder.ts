// The function that writes an entry to the audit log. It is passed to domain/appeal, because the log belongs to
// domain/newsroom, which domain/appeal must not import.
import type { Tx } from "../database";
import type { OnlyKnownNames } from "../known-names";
import type { AppealState } from "./appeal-state";

/**
 * The values before or after a change of an appeal, by name. `startsAt`, `endsAt`: ISO 8601. `as`: the version whose
 * content the new version has. `by`: the id of the colleague who had the edit lock.
 */
export type AppealActValues = {
  state: AppealState;
  version: number | null;
  startsAt: string | null;
  endsAt: string | null;
  as: number;
  by: string;
};

export type RecordAppealChangeInAuditLog = <
  Before extends Partial<AppealActValues>,
  After extends Partial<AppealActValues>,
>(
  tx: Tx,
  act: {
    kind:
      | "appeal-published"
      | "appeal-withdrawn"
      | "appeal-started"
      | "appeal-ended"
      | "appeal-rolled-back"
      | "appeal-taken-over";
    about: string;
    before?: Before & OnlyKnownNames<Before, AppealActValues>;
    after?: After & OnlyKnownNames<After, AppealActValues>;
    reason?: string;
  },
) => Promise<void>;
