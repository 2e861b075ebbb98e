// For tests: lets a test fail if a row cannot be processed. In production, such a row is only reported.
import type { ReportFailure } from "../for-each-isolated";

export const rethrow: ReportFailure = (_, error) => {
  throw error;
};
