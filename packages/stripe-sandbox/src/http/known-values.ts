// Checks the values of parameters. A value that Stripe accepts and this stand-in does not support gets a 501; an
// unknown value gets Stripe's error. conformance/values.ts writes the lists in stripe-values.json.
import { API_VERSION } from "../objects";
import { invalidRequest, SimulatedStripeError, unsupportedError } from "./errors";
import type { FormMap, FormValue } from "./form";
import { mustBeOneOfError, type ParamReader, type ParamShape } from "./params";
import VALUES from "./stripe-values.json";

type Known = {
  values: string[];
  /** True if Stripe also accepts values that are not in `values`, such as any string, a number or an object. */
  isOpen: boolean;
};

const BY_ENDPOINT: Record<string, Record<string, string>> = VALUES;

function knownAt(endpoint: string): Map<string, Known> {
  const entries = Object.entries(BY_ENDPOINT[endpoint] ?? {});
  return new Map(
    entries.map(([name, text]) => {
      const values = text.split(" ");
      return [name, { values: values.filter((word) => word !== "…"), isOpen: values.includes("…") }];
    }),
  );
}

export function findParamReader(shape: ParamShape, name: string): ParamReader<unknown> | undefined {
  let inside: ParamShape | undefined = shape;
  let reader: ParamReader<unknown> | undefined;
  for (const step of name.replaceAll("]", "").split("[")) {
    reader = inside?.[step];
    if (!reader || reader.isUnsupported) return undefined;
    inside = reader.inner;
  }
  return reader;
}

/**
 * A call with an earlier API version than this date gets a 501 for the parameters in OLDER. Stripe accepts these
 * parameters only in earlier versions, so the types of newer versions do not declare them.
 */
const OLDER_UNTIL = "2025-03-31";
const BILLING = "billing coupon plan prorate promotion_code quantity tax_percent";
const SOURCES = "save_payment_method source source_data";
const OLDER: Record<string, string> = {
  "POST /v1/checkout/sessions": "shipping_rates subscription_data[coupon] subscription_data[items]",
  "POST /v1/customers": "account_balance plan quantity tax_info trial_end",
  "POST /v1/invoiceitems": "price unit_amount",
  "POST /v1/invoices": BILLING,
  "POST /v1/payment_intents": SOURCES,
  "POST /v1/payment_intents/:id/confirm": SOURCES,
  "POST /v1/subscriptions": BILLING,
  "POST /v1/subscriptions/:id": BILLING,
};

export type ChecksForUnknownParamValues = {
  /**
   * Returns the error to send instead of `failure`. An error about a parameter becomes a 501 if the real Stripe would
   * accept the parameter or its value in `apiVersion`. It becomes Stripe's own error if Stripe does not know the value.
   * All other errors stay as they are.
   */
  refineParamError(failure: unknown, form: FormMap, apiVersion?: string): unknown;
  /**
   * Throws if the form has a value that Stripe does not know. Checks only the parameters for which the stand-in itself
   * declares no list of allowed values.
   */
  requireKnownValues(form: FormMap): void;
};

export function paramValueChecksFor(endpoint: string, shape: ParamShape): ChecksForUnknownParamValues {
  const knownValues = knownAt(endpoint);
  const unread = [...knownValues].filter(([name, { isOpen }]) => !isOpen && !findParamReader(shape, name)?.hasChoices);
  return {
    refineParamError(failure, form, apiVersion = API_VERSION) {
      if (!(failure instanceof SimulatedStripeError) || failure.details.status !== 400 || !failure.details.param)
        return failure;
      if (isOlder(failure, apiVersion))
        return unsupportedError(`${failure.details.param}, a parameter of older versions`);
      if (UNRELATED.has(failure.details.code ?? "")) return failure;
      const { param } = failure.details;
      const found = findKnown(knownValues, param);
      const value = valueAt(form, stepsOf(param));
      return found && typeof value === "string" ? judged(found, value, param) : failure;
    },
    requireKnownValues(form) {
      for (const [name, { values }] of unread)
        for (const [value, at] of valuesAt(form, stepsOf(name), ""))
          if (value !== "" && !values.includes(value)) throw mustBeOneOfError(at, values);
    },
  };

  function isOlder({ details }: SimulatedStripeError, apiVersion: string): boolean {
    if (details.code !== "parameter_unknown" || apiVersion >= OLDER_UNTIL) return false;
    return (OLDER[endpoint] ?? "").split(" ").includes(details.param ?? "");
  }

  function judged({ values, isOpen }: Known, value: string, param: string) {
    if (values.includes(value)) return unsupportedError(`${param}=${value}`);
    return isOpen
      ? invalidRequest(`Invalid value for ${param}: ${value.slice(0, 50)}`, { param })
      : mustBeOneOfError(param, values);
  }
}

/** The codes of parameter errors that have another reason than a wrong value. */
const UNRELATED = new Set(["parameter_unknown", "parameter_missing", "parameter_invalid_empty"]);

function stepsOf(param: string): string[] {
  return param.replaceAll("]", "").split("[");
}

/**
 * Returns the known values of a parameter. Ignores list indices in the parameter's name. The names in `known` can
 * contain "*" for one step that the caller chooses freely, such as a metadata key.
 */
function findKnown(known: Map<string, Known>, param: string): Known | undefined {
  const steps = stepsOf(param).filter((step) => !/^\d+$/.test(step));
  const names = [steps, ...steps.map((_, index) => steps.map((step, at) => (at === index ? "*" : step)))];
  return names.map((each) => known.get(nameOf(each))).find((found) => found !== undefined);
}

function nameOf([first = "", ...rest]: string[]): string {
  return first + rest.map((step) => `[${step}]`).join("");
}

function valueAt(form: FormMap, steps: string[]): FormValue | undefined {
  let here: FormValue | undefined = form;
  for (const step of steps) {
    if (here === undefined || typeof here === "string") return undefined;
    here = Array.isArray(here) ? here[Number(step)] : here[step];
  }
  return here;
}

function valuesAt(here: FormValue | undefined, steps: string[], at: string): [string, string][] {
  if (here === undefined) return [];
  if (Array.isArray(here)) return here.flatMap((each, index) => valuesAt(each, steps, `${at}[${index}]`));
  const [step, ...rest] = steps;
  if (typeof here === "string") return step === undefined ? [[here, at]] : [];
  if (step === undefined) return [];
  const names = step === "*" ? Object.keys(here) : [step];
  return names.flatMap((name) => valuesAt(here[name], rest, at === "" ? name : `${at}[${name}]`));
}
