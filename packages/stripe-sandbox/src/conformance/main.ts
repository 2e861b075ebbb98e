// `npm run conformance` calls every supported method of the `stripe` package, and checks the answers against its types.

import { UNSUPPORTED_STRIPE_API_METHODS } from "./methods";
import { formatConformanceReport } from "./run";
import { runConformanceOnNewSandbox } from "./run-on-new-sandbox";
import { findShapeErrors } from "./shapes";

const outcomes = await runConformanceOnNewSandbox();
const errors = (await findShapeErrors(outcomes)).flat();
const reasons = Object.entries(UNSUPPORTED_STRIPE_API_METHODS).map(
  ([method, reason]) => `  ${method.padEnd(48)} ${reason}`,
);
const shapes = `shapes: ${errors.length} of the answers' fields differ from the package's types`;
process.stdout.write(
  `${[formatConformanceReport(outcomes), shapes, ...errors, "left out on purpose:", ...reasons].join("\n")}\n`,
);
process.exitCode = errors.length > 0 || outcomes.some(({ kind }) => kind !== "covered") ? 1 : 0;
