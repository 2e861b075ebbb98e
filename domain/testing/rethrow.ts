// For tests: a row that cannot be processed makes the test fail.
import type { NoteFailure } from "../for-each-isolated";

export const rethrow: NoteFailure = (_, error) => {
  throw error;
};
