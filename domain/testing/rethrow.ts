// For tests: lets a test fail if a row cannot be processed. In production, such a row is only reported.
import type { FailureReporter } from "../for-each-isolated";

export const rethrow: FailureReporter = (_, error) => {
  throw error;
};
