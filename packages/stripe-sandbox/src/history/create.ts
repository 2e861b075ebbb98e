// Creates a history in slices, one transaction each, so that the stand-in can answer other callers in between.
import { setImmediate as nextTurn } from "node:timers/promises";
import { accountIdOf } from "../account";
import { SimulatedStripeError } from "../http/errors";
import { findStoredAnswer, fingerprintOf, type StatusAndBody, storeAnswer } from "../http/idempotency";
import { advanceAccountClock, withClockHeld } from "../payment-flows/handle-due-objects";
import type { Sandbox } from "../sandbox";
import type { HistoryCreationResult, StartedHistoryCreation } from "./creation";
import type { HistoryProfile } from "./profile";
import { type HistorySimulationInProgress, startHistorySimulation } from "./simulate";

/**
 * The length of one transaction while a history is created, in milliseconds. It is long, so that SQLite does not
 * rewrite the same database page often. But it is short enough that other callers hardly wait.
 */
const SLICE_MS = 100;

/** A stored history. `last` is null until the objects that were due before the history's end have been handled. */
type StoredHistory = { payments: number; first: number; last: number | null };

/**
 * Starts to create the history. If the same history is already being created, returns the running creation. If it is
 * complete, returns its stored result. Throws a SimulatedStripeError if the seed was used with another profile, or if
 * an earlier creation was interrupted.
 */
export function createHistoryOnce(sandbox: Sandbox, profile: HistoryProfile): StartedHistoryCreation {
  const { store, histories } = sandbox;
  const keyed = keyOf(profile);
  const name = `${keyed.account} ${keyed.key}`;
  const former = findStoredAnswer(store, keyed, sandbox.now());
  const running = histories.get(name);
  if (running) return running;
  if (former?.status === WHOLE)
    return { progress: null, finished: complete(sandbox, profile, JSON.parse(former.body)) };
  if (former) throw interrupted();
  store.transaction(() => {
    store.rememberAccount(keyed.account, profile.key);
    storeStatus(sandbox, profile, { status: BEGUN, body: "{}" });
  });
  let history: HistorySimulationInProgress | null = null;
  const finished = create(sandbox, profile, (begun) => {
    history = begun;
  });
  const creation: StartedHistoryCreation = {
    get progress() {
      return history;
    },
    finished,
  };
  histories.set(name, creation);
  // Ignores a failure here, because the caller gets it from `finished`. If the caller has hung up, a rejection that
  // nobody handles would end the process.
  creation.finished.catch(() => {}).finally(() => histories.delete(name));
  return creation;
}

/**
 * Completes a history: handles objects that are due again before its end, such as unpaid invoices. Their webhooks also
 * belong to the history, so its last delivery is known only after this step.
 */
async function complete(
  sandbox: Sandbox,
  profile: HistoryProfile,
  { payments, first, last }: StoredHistory,
): Promise<HistoryCreationResult> {
  const account = accountIdOf(profile.key);
  if (last !== null) return { payments, deliveries: { account, first, last } };
  await advanceAccountClock(sandbox, account, 0);
  if (sandbox.isClosing) throw stopped();
  const deliveries = { account, first, last: lastDeliveryNumber(sandbox) };
  storeWhole(sandbox, profile, { payments, first, last: deliveries.last });
  return { payments, deliveries };
}

async function create(
  sandbox: Sandbox,
  profile: HistoryProfile,
  begin: (history: HistorySimulationInProgress) => void,
): Promise<HistoryCreationResult> {
  const { store } = sandbox;
  const account = accountIdOf(profile.key);
  let created: StoredHistory | null = null;
  await withClockHeld(sandbox, account, async () => {
    const first = lastDeliveryNumber(sandbox) + 1;
    const history = store.transaction(() => startHistorySimulation(sandbox, profile));
    begin(history);
    const advance = () => {
      if (!history.advance(SLICE_MS)) return null;
      const whole = { payments: history.payments, first, last: null };
      storeWhole(sandbox, profile, whole);
      return whole;
    };
    while (!created) {
      if (sandbox.isClosing) throw stopped();
      created = store.transaction(advance);
      await nextTurn();
    }
  });
  if (!created) throw new Error("history: the work ended before the history was complete");
  return complete(sandbox, profile, created);
}

const [WHOLE, BEGUN] = [200, 202];

function storeWhole(sandbox: Sandbox, profile: HistoryProfile, history: StoredHistory): void {
  storeStatus(sandbox, profile, { status: WHOLE, body: JSON.stringify(history) });
}

function storeStatus(sandbox: Sandbox, profile: HistoryProfile, answer: StatusAndBody): void {
  storeAnswer(sandbox.store, keyOf(profile), { answer, now: sandbox.now() });
}

function keyOf(profile: HistoryProfile) {
  const { endsAt: _, ...lasting } = profile;
  const fingerprint = fingerprintOf("/_sandbox/history", { profile: JSON.stringify(lasting) });
  return { account: accountIdOf(profile.key), key: `history ${profile.seed}`, fingerprint, requestId: null };
}

function lastDeliveryNumber(sandbox: Sandbox): number {
  const row = sandbox.store.sql("SELECT coalesce(max(id), 0) AS last FROM deliveries").get();
  return (row as { last: number }).last;
}

function stopped(): Error {
  return new Error("history: the stand-in was stopped before the history was complete");
}

function interrupted(): SimulatedStripeError {
  const message =
    "The stand-in was stopped while it created this history. Delete the account's data (POST /_sandbox/reset), and call again.";
  return new SimulatedStripeError({ status: 409, type: "idempotency_error", message });
}
