import "server-only";
import type { MissingFactorStep } from "../../domain/newsroom/staff/factor";
import { safeRedirectPath } from "./safe-redirect";

const NEWSROOM = "/newsroom";
const CODE = `${NEWSROOM}/code`;

const PATHS: Record<MissingFactorStep, string> = {
  "set-up": `${CODE}/set-up`,
  enter: CODE,
  "store-codes": `${CODE}/recovery-codes`,
};

export function factorPath(step: MissingFactorStep, next: string): string {
  return `${PATHS[step]}?${new URLSearchParams({ next: safeNewsroomPath(next) })}`;
}

/**
 * Returns `path` if it is a page for staff that neither asks for a code nor shows recovery codes. Otherwise returns the
 * path of the first page for staff.
 */
export function safeNewsroomPath(path: unknown): string {
  const safe = safeRedirectPath(path);
  const isInside = safe === NEWSROOM || safe.startsWith(`${NEWSROOM}/`) || safe.startsWith(`${NEWSROOM}?`);
  return isInside && !isCodePage(safe) ? safe : NEWSROOM;
}

/**
 * Returns true for the pages that ask for a code or show recovery codes. Returns false for the page that sets up an
 * authenticator app, because that page can redirect to a code page first. The colleague must then be able to return to
 * the set-up page.
 */
function isCodePage(path: string): boolean {
  return (
    path === CODE || path.startsWith(`${CODE}?`) || (path.startsWith(`${CODE}/`) && !path.startsWith(PATHS["set-up"]))
  );
}
