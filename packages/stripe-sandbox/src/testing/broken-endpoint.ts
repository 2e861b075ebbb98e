// Puts another endpoint before all others, under the address of the balance, for what no real endpoint does on request.
import { route } from "../http/route";
import { ROUTES } from "../routes/table";

/** Answers a function that takes it away again. */
export function answerBalanceWith(run: () => object): () => void {
  ROUTES.unshift(route("GET /v1/balance", {}, run), route("POST /v1/balance", {}, run));
  return () => void ROUTES.splice(0, 2);
}
