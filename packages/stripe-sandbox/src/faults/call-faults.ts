// Injects faults into API calls. A fault with `when: "before"` means that the call is not carried out. With "after",
// the call is carried out, but the caller does not get its response. The fault `slow` only delays the call.
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { SimulatedStripeError } from "../http/errors";
import { findCallerAccountId } from "../http/keys";
import { type Reply, sendReply } from "../http/reply";
import type { Sandbox } from "../sandbox";
import { countMatchAndDecideIfFaultApplies, FAULT_OPTION_SCHEMAS, listAccountFaultsOfKind } from "./rules";

const WHICH = {
  ...FAULT_OPTION_SCHEMAS,
  method: z.enum(["GET", "POST", "DELETE"]).nullable().default(null),
  /** A path of the API; `*` stands for any text. */
  path: z.string().startsWith("/").max(300).default("/*"),
  when: z.enum(["before", "after"]).default("before"),
};

export const callFaultRuleSchema = z.discriminatedUnion("does", [
  z.strictObject({ does: z.literal("refuse"), ...WHICH }),
  z.strictObject({ does: z.literal("hang"), ...WHICH }),
  z.strictObject({ does: z.literal("reset"), ...WHICH }),
  z.strictObject({ does: z.literal("slow"), ms: z.number().int().min(1).max(600_000), ...WHICH }),
  z.strictObject({ does: z.literal("html"), status: z.number().int().min(200).max(599).default(502), ...WHICH }),
  z.strictObject({
    does: z.literal("error"),
    status: z.number().int().min(400).max(599).default(500),
    code: z.string().max(100).optional(),
    message: z.string().max(500).optional(),
    ...WHICH,
  }),
]);
export type CallFaultRule = z.infer<typeof callFaultRuleSchema>;
type Breaking = Exclude<CallFaultRule, { does: "slow" }>;

/** The value of `account` for a fault that affects every account. */
export const ACCOUNT_OF_GLOBAL_FAULTS = "";

type Call = {
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
};

export async function answerCallWithFaults(sandbox: Sandbox, call: Call, work: () => Promise<Reply>): Promise<void> {
  const rules = strikingRules(sandbox, call);
  await waitFor(rules, "before");
  const breaking = rules.find((rule): rule is Breaking => rule.does !== "slow");
  const isDone = !breaking || breaking.when === "after";
  if (isDone && sandbox.isClosing) return;
  const done = isDone ? await work() : null;
  await waitFor(rules, "after");
  if (!breaking && done) return sendReply(call.response, done);
  if (breaking) breakOff(call, breaking, done);
}

function strikingRules({ store }: Sandbox, call: Call): CallFaultRule[] {
  const whose = [ACCOUNT_OF_GLOBAL_FAULTS, findCallerAccountId(call.request)];
  const faults = whose.flatMap((account) =>
    account === null ? [] : listAccountFaultsOfKind<CallFaultRule>(store, "call", account),
  );
  return store.transaction(() => {
    return faults
      .filter((fault) => fits(fault.rule, call) && countMatchAndDecideIfFaultApplies(store, fault))
      .map(({ rule }) => rule);
  });
}

function fits(rule: CallFaultRule, { request, path }: Call): boolean {
  if (rule.method !== null && rule.method !== request.method) return false;
  const pattern = rule.path.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`).test(path);
}

async function waitFor(rules: CallFaultRule[], when: CallFaultRule["when"]): Promise<void> {
  const waits = rules.map((rule) => (rule.does === "slow" && rule.when === when ? rule.ms : 0));
  const ms = waits.reduce((sum, wait) => sum + wait, 0);
  if (ms > 0) await pause(ms, undefined, { ref: false });
}

function breakOff({ request, response }: Call, rule: Breaking, done: Reply | null): void {
  // Reads and drops the rest of the request: closing a connection with unread data can lose the answer.
  request.resume();
  if (rule.does === "refuse") request.socket.destroy();
  if (rule.does === "reset") breakInBody(response, done);
  if (rule.does === "error") sendReply(response, errorReply(rule));
  if (rule.does === "html") {
    const headers = { "content-type": "text/html" };
    sendReply(response, { status: rule.status, headers, body: GATEWAY_PAGE });
  }
}

const GATEWAY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n";

/** Announces the full length in the header, sends half of the body, then resets the connection. */
function breakInBody(response: ServerResponse, done: Reply | null): void {
  const body = done?.body ?? '{"id": "broken_off"}';
  const headers = { "content-type": "application/json", ...done?.headers, "content-length": Buffer.byteLength(body) };
  response.writeHead(done?.status ?? 200, headers);
  response.write(body.slice(0, Math.ceil(body.length / 2)), () => response.socket?.resetAndDestroy());
}

function errorReply({ status, code, message }: Extract<CallFaultRule, { does: "error" }>): Reply {
  const isLimit = status === 429;
  const error = new SimulatedStripeError({
    status,
    type: status >= 500 ? "api_error" : "invalid_request_error",
    code: code ?? (isLimit ? "rate_limit" : undefined),
    message: message ?? (isLimit ? "Request rate limit exceeded." : "A fault, on request."),
  });
  const headers: Record<string, string> = { "content-type": "application/json", "request-id": "req_fault" };
  if (isLimit) headers["stripe-rate-limited-reason"] = "global-rate";
  return { status, headers, body: JSON.stringify(error.body("req_fault"), null, 2) };
}
