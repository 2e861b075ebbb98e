// The function that writes an entry to the audit log. It is passed to domain/appeal, because the log belongs to
// domain/newsroom, which domain/appeal must not import.
import type { Tx } from "../database";

export type RecordAppealChangeInAuditLog = (
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
    before?: Record<string, string | number | boolean | null>;
    after?: Record<string, string | number | boolean | null>;
    reason?: string;
  },
) => Promise<void>;
