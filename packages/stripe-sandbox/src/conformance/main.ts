// `npm run conformance`: prints which of the package's methods are covered and whether the answers match its types.
import { outcomesOfAll } from "./answers";
import { LEFT_OUT } from "./methods";
import { tableOf } from "./run";
import { shapeErrors } from "./shapes";

const outcomes = await outcomesOfAll();
const errors = await shapeErrors(outcomes);
const reasons = Object.entries(LEFT_OUT).map(([method, reason]) => `  ${method.padEnd(48)} ${reason}`);
const shapes = `shapes: ${errors.length} of the answers' fields differ from the package's types`;
process.stdout.write(`${[tableOf(outcomes), shapes, ...errors, "left out on purpose:", ...reasons].join("\n")}\n`);
process.exitCode = errors.length > 0 || outcomes.some(({ kind }) => kind !== "covered") ? 1 : 0;
