// For tests: an `onFailure` that throws, so that a failed row of a job fails the test.
import type { NoteFailure } from "../each-apart";

export const rethrow: NoteFailure = (_, error) => {
  throw error;
};
