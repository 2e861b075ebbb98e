import Stripe from "stripe";
import { beforeAll, expect, test, vi } from "vitest";
import { findFixtureDifferences } from "./fixtures";
import { listSupportedStripeApiMethods, UNSUPPORTED_STRIPE_API_METHODS } from "./methods";
import { type ConformanceCallResult, formatConformanceReport, listConformanceCallsOfUnsupportedMethods } from "./run";
import { runConformanceOnNewSandbox } from "./run-on-new-sandbox";
import { findShapeErrors } from "./shapes";

let outcomes: ConformanceCallResult[];

beforeAll(async () => {
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  outcomes = await runConformanceOnNewSandbox();
  stderr.mockRestore();
});

test("no promised method fails or returns 501", () => {
  const uncovered = outcomes.filter(({ kind }) => kind !== "covered");
  expect(uncovered, formatConformanceReport(outcomes)).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(150);
});

test("every answer compiles as the package's type; a missing or unknown field or an unlisted value does not", async () => {
  const answer = outcomes.find(({ method }) => method === "customers.create")?.answer ?? {};
  const rest = Object.fromEntries(Object.entries(answer).filter(([name]) => name !== "email"));
  const data = [{ ...answer, tax_exempt: "perhaps" }];
  // Checks all outcomes in a single run of the compiler, because each run spends most of its time on the types of the
  // `stripe` package.
  const errors = await findShapeErrors([
    ...outcomes,
    { method: "customers.create", answer: { ...answer, colour: "red" } },
    { method: "customers.update", answer: rest },
    { method: "customers.list", answer: { object: "list", url: "", has_more: false, data } },
  ]);
  expect(errors.slice(0, -3).flat()).toEqual([]);
  const wrong = ["colour", "email", '"perhaps"'].map((name) => [expect.stringContaining(name)]);
  expect(errors.slice(-3)).toEqual(wrong);
});

test("the comparison finds differences from Stripe's example at any depth, in every object of a list", () => {
  const charge = {
    object: "charge",
    id: "ch_1",
    outcome: { type: "authorized", rule: null },
    customer: "cus_1",
    paid: true,
  };
  const example = { ...charge, outcome: { ...charge.outcome, reason: null }, paid: "yes", source: {} };
  const customer = { object: "customer", id: "cus_1" };
  const answer = {
    object: "list",
    data: [
      { ...charge, customer },
      { ...charge, colour: "red" },
    ],
  };
  const found = findFixtureDifferences({ resources: { charge: example } }, [answer]);
  expect(found.map(({ path, description }) => `${path}: ${description}`)).toEqual([
    "charge.colour: not in Stripe's example",
    "charge.outcome.reason: missing",
    "charge.paid: boolean, where Stripe has text",
    "charge.source: missing",
  ]);
});

test("the suite takes the promised methods from the package, without the excluded methods, and has no call for any other", () => {
  const stripe = new Stripe("sk_test_none");
  const promised = listSupportedStripeApiMethods(stripe);
  expect(promised.get("checkout.sessions.expire")).toBe("POST /v1/checkout/sessions/:id/expire");
  for (const method of Object.keys(UNSUPPORTED_STRIPE_API_METHODS)) expect(promised.has(method)).toBe(false);
  expect(listConformanceCallsOfUnsupportedMethods(stripe)).toEqual([]);
});
