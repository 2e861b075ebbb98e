// The function type with which domain/appeal writes into the staff's log. The log itself belongs to domain/newsroom.
import type { Tx } from "../database";

/** Writes an act into the staff's log, in the transaction `tx`. */
export type NoteAct = (
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
