// Replaces the balance endpoint with a test's own, for behaviour that no real endpoint shows on request.
import { route } from "../http/route";
import { ROUTES } from "../routes/all-routes";

/** Replaces GET and POST /v1/balance. Returns a function that restores the original. */
export function replaceBalanceAnswer(run: () => object): () => void {
  ROUTES.unshift(route("GET /v1/balance", {}, run), route("POST /v1/balance", {}, run));
  return () => void ROUTES.splice(0, 2);
}
