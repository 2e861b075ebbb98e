// `npm run fixtures -- FILE` compares the stand-in's answers with FILE, a copy of Stripe's published `fixtures3.json`
// (github.com/stripe/openapi).
import { readFileSync } from "node:fs";
import { findFixtureDifferences, listObjectKindsWithFixture, type StripePublishedFixtures } from "./fixtures";
import { runConformanceOnNewSandbox } from "./run-on-new-sandbox";

const [path] = process.argv.slice(2);
if (!path) throw new Error("Name a file: npm run fixtures -- path/to/fixtures3.json");

const fixtures: StripePublishedFixtures = JSON.parse(readFileSync(path, "utf8"));
// Converts the answers to plain JSON, because the `stripe` package turns decimal strings into objects.
const answers: object[] = JSON.parse(
  JSON.stringify((await runConformanceOnNewSandbox()).flatMap(({ answer }) => answer ?? [])),
);
const differences = findFixtureDifferences(fixtures, answers);
const unexplained = differences.filter(({ acceptanceReason }) => acceptanceReason === null);
const kinds = listObjectKindsWithFixture(fixtures, answers);
const lines = [
  `${kinds.length} kinds of object compared: ${kinds.join(", ")}`,
  `${differences.length - unexplained.length} differences explained in src/conformance/accepted-differences.ts, ${unexplained.length} not:`,
  ...unexplained.map(({ path, description }) => `  ${path}: ${description}`),
];
process.stdout.write(`${lines.join("\n")}\n`);
process.exitCode = unexplained.length > 0 ? 1 : 0;
