// For tests: an `onFailure` function that throws the error, so that the test fails if a row cannot be processed.
import type { NoteFailure } from "../for-each-isolated";

export const rethrow: NoteFailure = (_, error) => {
  throw error;
};
