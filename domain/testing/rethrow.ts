// For tests: a row that cannot be processed makes the test fail.
import type { ReportFailure } from "../for-each-isolated";

export const rethrow: ReportFailure = (_, error) => {
  throw error;
};
