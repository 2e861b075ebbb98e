// For tests: a job's row that fails fails the test.
import type { NoteFailure } from "../each-apart";

export const rethrow: NoteFailure = (_, error) => {
  throw error;
};
