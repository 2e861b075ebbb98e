// How this room writes into the log of what staff did, which belongs to the newsroom.
import type { Tx } from "../database";

/** Writes an act into the staff's log, in the same transaction. */
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
