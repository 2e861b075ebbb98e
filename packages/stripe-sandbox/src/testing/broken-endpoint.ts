import { route } from "../http/route";
import { ROUTES } from "../routes/all-routes";

/**
 * Replaces GET and POST /v1/balance with `run`, so that a test can make a call break or wait. Returns a function that
 * restores the endpoints.
 */
export function replaceBalanceEndpoints(run: () => object): () => void {
  ROUTES.unshift(route("GET /v1/balance", {}, run), route("POST /v1/balance", {}, run));
  return () => void ROUTES.splice(0, 2);
}
