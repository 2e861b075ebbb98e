import { readFileSync } from "node:fs";
import { join } from "node:path";
import Stripe from "stripe";
import { expect, test, vi } from "vitest";
import { SimulatedStripeError } from "../http/errors";
import { emptyForm, type FormMap, parseForm } from "../http/form";
import { findParamReader, paramValueChecksFor } from "../http/known-values";
import type { ParamReader, ParamShape } from "../http/params";
import type { Route } from "../http/route";
import { ROUTES } from "../routes/all-routes";
import { listEndpointsBySdkMethod, listSupportedStripeApiMethods } from "./methods";
import { listSdkMethodParameterNames, listSdkMethodParameters, type SdkParameter } from "./parameters";
import { endpointWithIdPlaceholders, formatStripeValueAndFieldFiles } from "./values";

const STRIPE = new Stripe("sk_test_none");

const BUILT = [...listEndpointsBySdkMethod(STRIPE)].flatMap(([method, address]) => {
  const route = ROUTES.find(({ method: verb, path }) => endpointWithIdPlaceholders(verb, path) === address);
  return route ? [{ method, address, route }] : [];
});

/**
 * Returns the first part of a parameter's path that the shape does not declare, such as `items[price]`. A parameter
 * declared as unsupported (501) counts as declared.
 */
function unknownStep(shape: ParamShape, parameter: string): string | null {
  let here: ParamShape | undefined = shape;
  let path = "";
  for (const step of parameter.replaceAll("]", "").split("[")) {
    path = path === "" ? step : `${path}[${step}]`;
    const reader: ParamShape[string] | undefined = here?.[step];
    if (!reader) return path;
    if (reader.isUnsupported) return null;
    here = reader.inner;
  }
  return null;
}

test("for each parameter and list filter in the types of the stripe package, the API accepts it or answers 501", () => {
  const unknown = BUILT.flatMap(({ method, route }) => {
    const steps = listSdkMethodParameterNames(method).map((name) =>
      name === "expand" ? null : unknownStep(route.shape, name),
    );
    return [...new Set(steps)].flatMap((step) => (step === null ? [] : [`${method}: ${step}`]));
  });
  expect(unknown).toEqual([]);
});

test("the checks cover every promised method, and methods of other resources that are built", () => {
  const built = new Set(BUILT.map(({ method }) => method));
  expect([...listSupportedStripeApiMethods(STRIPE).keys()].filter((method) => !built.has(method))).toEqual([]);
  for (const method of ["paymentLinks.create", "shippingRates.create", "taxIds.list", "customerSessions.create"])
    expect(built).toContain(method);
});

/** Returns a form with one parameter. A `*` in its name, as in `currency_options[*][tax_behavior]`, becomes "usd". */
function formWith(name: string, value: string): FormMap {
  return parseForm(`${encodeURIComponent(name.replaceAll("*", "usd"))}=${encodeURIComponent(value)}`);
}

type Verdict = "accepted" | "not built" | "refused";

function verdictOn(route: Route, address: string, { name, value }: { name: string; value: string }): Verdict {
  const reader = findParamReader(route.shape, name);
  if (!reader) return "not built";
  const form = formWith(name, value);
  const values = paramValueChecksFor(address, route.shape);
  try {
    readLeaf(reader, name.replaceAll("*", "usd"), value);
    values.requireKnownValues(form);
    return "accepted";
  } catch (failure) {
    const judged = values.refineParamError(failure, form);
    return judged instanceof SimulatedStripeError && judged.details.status === 501 ? "not built" : "refused";
  }
}

/** Reads the value. If the parameter is a list, reads a list of this one value. */
function readLeaf(reader: ParamReader<unknown>, at: string, value: string): void {
  try {
    reader.read(value, at);
  } catch (failure) {
    if (!(failure instanceof SimulatedStripeError) || failure.details.message !== "Invalid array") throw failure;
    reader.read([value], at);
  }
}

function eachParameter(visit: (built: (typeof BUILT)[number], parameter: SdkParameter) => void): void {
  for (const built of BUILT)
    for (const parameter of listSdkMethodParameters(built.method))
      if (parameter.values.length > 0) visit(built, parameter);
}

test("the API accepts or answers 501 to every value that the package's types list for a parameter", () => {
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const refused: string[] = [];
  let checked = 0;
  eachParameter(({ method, address, route }, { name, values }) => {
    for (const value of values) {
      checked += 1;
      if (verdictOn(route, address, { name, value }) === "refused") refused.push(`${method}: ${name}=${value}`);
    }
  });
  stderr.mockRestore();
  expect(refused).toEqual([]);
  expect(checked).toBeGreaterThan(3_000);
});

test("the API refuses an unknown value of every parameter whose values Stripe lists", () => {
  const taken: string[] = [];
  eachParameter(({ method, address, route }, { name, acceptsOtherValues }) => {
    if (acceptsOtherValues || !findParamReader(route.shape, name)) return;
    const verdict = verdictOn(route, address, { name, value: "xx" });
    if (verdict !== "refused") taken.push(`${method}: ${name} (${verdict})`);
  });
  expect(taken).toEqual([]);
});

test("the files of values and fields match the package's types; `npm run values` writes them", () => {
  for (const [name, text] of formatStripeValueAndFieldFiles(STRIPE))
    expect(readFileSync(join(import.meta.dirname, "..", "http", name), "utf8")).toBe(text);
});

test("a route refuses an unknown value in a map with the caller's keys, also beside other parameters", () => {
  const address = "POST /v1/prices";
  const route = ROUTES.find(({ method, path }) => `${method} ${path}` === address);
  const form = parseForm("currency_options[eur][tax_behavior]=xx");
  expect(() => paramValueChecksFor(address, { ...route?.shape }).requireKnownValues(form)).not.toThrow();
  expect(() => route?.read(Object.assign(emptyForm(), { ...form, currency: "usd" }))).toThrow(
    "Invalid currency_options[eur][tax_behavior]: must be one of exclusive, inclusive, or unspecified",
  );
});

test("the check reads parameter names at every depth, and finds one that a route does not declare", () => {
  const names = listSdkMethodParameterNames("checkout.sessions.create");
  expect(names).toContain("line_items[price_data][recurring][interval]");
  expect(names).toContain("subscription_data[trial_settings][end_behavior][missing_payment_method]");
  expect(listSdkMethodParameterNames("refunds.list")).toEqual(
    expect.arrayContaining(["charge", "created[gte]", "limit", "payment_intent", "starting_after"]),
  );
  const price = ROUTES.find(({ method, path }) => method === "POST" && path === "/v1/prices");
  expect(unknownStep(price?.shape ?? {}, "recurring[interval]")).toBe(null);
  expect(unknownStep(price?.shape ?? {}, "recurring[colour]")).toBe("recurring[colour]");
  expect(unknownStep(price?.shape ?? {}, "currency_options[*][unit_amount]")).toBe(null);
});
