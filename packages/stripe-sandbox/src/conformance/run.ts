import Stripe from "stripe";
import { BILLING_CALLS } from "./billing-calls";
import { CUSTOMER_AND_CATALOG_CALLS } from "./catalog-calls";
import { type ConformanceCall, createStripeObjectCreators, type StripeObjectCreators } from "./conformance-tools";
import { listSupportedStripeApiMethods } from "./methods";
import { PAYMENT_CALLS } from "./payment-calls";

export type ConformanceCallResult = {
  method: string;
  endpoint: string;
  kind: "covered" | "not built" | "failed";
  detail: string;
  answer: object | null;
};

const CALLS: Record<string, ConformanceCall> = { ...BILLING_CALLS, ...CUSTOMER_AND_CATALOG_CALLS, ...PAYMENT_CALLS };

export async function runConformance(stripe: Stripe): Promise<ConformanceCallResult[]> {
  const tools = createStripeObjectCreators(stripe);
  const outcomes: ConformanceCallResult[] = [];
  for (const [method, endpoint] of listSupportedStripeApiMethods(stripe)) {
    const call = CALLS[method];
    const outcome = call ? await outcomeOf(call, tools) : failed("src/conformance has no call for it");
    outcomes.push({ method, endpoint, ...outcome });
  }
  return outcomes.sort((a, b) => a.method.localeCompare(b.method));
}

export function listConformanceCallsOfUnsupportedMethods(stripe: Stripe): string[] {
  const promised = listSupportedStripeApiMethods(stripe);
  return Object.keys(CALLS).filter((method) => !promised.has(method));
}

type Judged = Omit<ConformanceCallResult, "method" | "endpoint">;

async function outcomeOf(call: ConformanceCall, tools: StripeObjectCreators): Promise<Judged> {
  try {
    return { kind: "covered", detail: "", answer: await call(tools) };
  } catch (failure) {
    if (!(failure instanceof Error)) throw failure;
    const isUnbuilt = failure instanceof Stripe.errors.StripeError && failure.code === "not_built";
    return isUnbuilt ? { kind: "not built", detail: failure.message, answer: null } : failed(failure.message);
  }
}

function failed(note: string): Judged {
  return { kind: "failed", detail: note, answer: null };
}

export function formatConformanceReport(outcomes: ConformanceCallResult[]): string {
  const covered = outcomes.filter(({ kind }) => kind === "covered");
  const lines = outcomes
    .filter(({ kind }) => kind !== "covered")
    .map(
      ({ kind, method, endpoint, detail }) =>
        `${kind.padEnd(10)} ${method.padEnd(40)} ${endpoint}\n             ${detail}`,
    );
  return [`covered ${covered.length} / total ${outcomes.length}`, ...lines].join("\n");
}
