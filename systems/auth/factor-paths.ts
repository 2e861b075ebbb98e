import "server-only";
import type { FactorStep } from "../../domain/newsroom/staff/factor";
import { safeRedirect } from "./safe-redirect";

const NEWSROOM = "/newsroom";
const CODE = `${NEWSROOM}/code`;

const PATHS: Record<FactorStep, string> = {
  "set-up": `${CODE}/set-up`,
  enter: CODE,
  "store-codes": `${CODE}/recovery-codes`,
};

export function factorPath(step: FactorStep, next: string): string {
  return `${PATHS[step]}?${new URLSearchParams({ next: newsroomPath(next) })}`;
}

/** Returns the path if it is a page for staff that does not ask for a code. Returns the first page for staff for any other path. */
export function newsroomPath(path: unknown): string {
  const safe = safeRedirect(path);
  const isInside = safe === NEWSROOM || safe.startsWith(`${NEWSROOM}/`) || safe.startsWith(`${NEWSROOM}?`);
  return isInside && !isCodePage(safe) ? safe : NEWSROOM;
}

/** The page that sets up an app does not ask for a code: the account page leads there after a fresh one. */
function isCodePage(path: string): boolean {
  return (
    path === CODE || path.startsWith(`${CODE}?`) || (path.startsWith(`${CODE}/`) && !path.startsWith(PATHS["set-up"]))
  );
}
