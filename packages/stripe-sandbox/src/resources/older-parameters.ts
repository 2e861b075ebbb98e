import type { Account } from "../account";
import { invalidRequest } from "../http/errors";

const SINCE = "2026-09-30";

export function refuseOlderParameter(
  account: Account,
  params: Record<string, unknown>,
  { param, instead }: { param: string; instead: string },
): void {
  if (params[param] === undefined || account.apiVersion < SINCE) return;
  const message = `Received unknown parameter: ${param}. Use ${instead} instead.`;
  throw invalidRequest(message, { code: "parameter_unknown", param });
}
