// Parameters of older API versions: refused for callers of this version, accepted from older ones.
import type { Account } from "../account";
import { invalid } from "../http/errors";

const SINCE = "2026-09-30";

export function checkOlderParameter(
  account: Account,
  params: Record<string, unknown>,
  { param, instead }: { param: string; instead: string },
): void {
  if (params[param] === undefined || account.apiVersion < SINCE) return;
  const message = `Received unknown parameter: ${param}. Use ${instead} instead.`;
  throw invalid(message, { code: "parameter_unknown", param });
}
