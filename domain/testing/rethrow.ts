// For tests: an `onFailure` that throws, so that a failed row of a job fails the test.
import type { NoteFailure } from "../for-each-isolated";

export const rethrow: NoteFailure = (_, error) => {
  throw error;
};
