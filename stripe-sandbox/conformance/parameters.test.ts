import Stripe from "stripe";
import { expect, test } from "vitest";
import type { Shape } from "../http/params";
import { ROUTES } from "../routes";
import { promisedMethods } from "./methods";
import { parametersOf } from "./parameters";

/** The first step of a parameter's name that the shape does not know; what is declared as not built answers 501. */
function unknownStep(shape: Shape, parameter: string): string | null {
  let here: Shape | undefined = shape;
  let path = "";
  for (const step of parameter.replaceAll("]", "").split("[")) {
    path = path === "" ? step : `${path}[${step}]`;
    const reader: Shape[string] | undefined = here?.[step];
    if (!reader) return path;
    if (reader.isUnbuilt) return null;
    here = reader.inner;
  }
  return null;
}

test("every parameter and list filter of the package's types is taken or answered with 501, never called unknown", () => {
  const unknown = [...promisedMethods(new Stripe("sk_test_none"))].flatMap(([method, address]) => {
    const route = ROUTES.find(({ method: verb, path }) => `${verb} ${path.replaceAll(/:\w+/g, ":id")}` === address);
    if (!route) return [`${method}: no such route`];
    const steps = parametersOf(method).map((name) => (name === "expand" ? null : unknownStep(route.shape, name)));
    return [...new Set(steps)].flatMap((step) => (step === null ? [] : [`${method}: ${step}`]));
  });
  expect(unknown).toEqual([]);
});

test("the names are read from the package at every depth, and a name that no route has is found", () => {
  const names = parametersOf("checkout.sessions.create");
  expect(names).toContain("line_items[price_data][recurring][interval]");
  expect(names).toContain("subscription_data[trial_settings][end_behavior][missing_payment_method]");
  expect(parametersOf("refunds.list")).toEqual(
    expect.arrayContaining(["charge", "created[gte]", "limit", "payment_intent", "starting_after"]),
  );
  const price = ROUTES.find(({ method, path }) => method === "POST" && path === "/v1/prices");
  expect(unknownStep(price?.shape ?? {}, "recurring[interval]")).toBe(null);
  expect(unknownStep(price?.shape ?? {}, "recurring[colour]")).toBe("recurring[colour]");
  expect(unknownStep(price?.shape ?? {}, "currency_options[*][unit_amount]")).toBe(null);
});
