// Kills the stand-in at random moments and looks for damage. Damage is a half-written change, or an answered call whose
// effect is lost.
import { spawn } from "node:child_process";
import { accountIdOf } from "../account";
import { openStore, type Store } from "../store";
import { bundleMainCommand } from "./bundled-main";
import {
  monthlyGiftParams,
  oneTimeGiftParams,
  stripeClientFor,
  submitCheckoutForm,
  TEST_API_KEY,
} from "./test-sandbox";

const ACCOUNT = accountIdOf(TEST_API_KEY);

/** A field that the stand-in has confirmed in a response. After a kill and a restart, it must still have this value. */
export type ConfirmedField = {
  id: string;
  field: string;
  value: unknown;
};

/**
 * Once the stand-in has confirmed `confirmedFieldCountBeforeKill` fields, it is killed at a random moment within this
 * time, so that the kill interrupts a call.
 */
const KILLED_WITHIN_MS = 15;

export async function killSandboxUnderLoad(
  statePath: string,
  confirmedFieldCountBeforeKill: number,
): Promise<ConfirmedField[]> {
  const env = {
    ...process.env,
    STRIPE_SANDBOX_PORT: "0",
    STRIPE_SANDBOX_STATE: statePath,
    STRIPE_SANDBOX_ENDPOINT: "",
  };
  const child = spawn(process.execPath, [await bundleMainCommand()], { env });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (text) => resolve(String(text).match(/http:\S+/)?.[0] ?? ""));
    child.once("exit", () => reject(new Error("the stand-in did not start")));
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const promised: ConfirmedField[] = [];
  const keep = (promise: ConfirmedField) => {
    const count = promised.push(promise);
    if (count === confirmedFieldCountBeforeKill)
      setTimeout(() => child.kill("SIGKILL"), Math.random() * KILLED_WITHIN_MS);
  };
  const stripe = stripeClientFor(url, TEST_API_KEY);
  const payers = [
    () => give(stripe, monthlyGiftParams(), keep),
    () => give(stripe, oneTimeGiftParams(), keep),
    () => change(stripe, keep),
  ];
  await Promise.all(payers.map((payer) => untilItFails(payer)));
  await ended;
  return promised;
}

async function untilItFails(work: () => Promise<void>): Promise<void> {
  try {
    for (;;) await work();
  } catch {
    // Any error ends the loop. Usually a call has failed, because the stand-in's process was killed.
  }
}

type Client = ReturnType<typeof stripeClientFor>;
type Keep = (promise: ConfirmedField) => void;

async function give(stripe: Client, gift: ReturnType<typeof oneTimeGiftParams>, keep: Keep): Promise<void> {
  const session = await stripe.checkout.sessions.create(gift);
  keep({ id: session.id, field: "object", value: "checkout.session" });
  await submitCheckoutForm(session, { cardNumber: "4000 0000 0000 0002" });
  const { status } = await submitCheckoutForm(session);
  if (status === 303) keep({ id: session.id, field: "payment_status", value: "paid" });
}

async function change(stripe: Client, keep: Keep): Promise<void> {
  const { id } = await stripe.customers.create({ name: "Before" });
  keep({ id, field: "object", value: "customer" });
  await stripe.customers.update(id, { name: "After" });
  keep({ id, field: "name", value: "After" });
}

export function findDamageInStateFile(statePath: string, promised: ConfirmedField[]): string[] {
  const store = openStore(statePath);
  try {
    return [...brokenFile(store), ...brokenPayments(store), ...brokenSessions(store), ...brokenEvents(store)].concat(
      promised.filter((each) => !isKept(store, each)).map(({ id, field }) => `${id} has lost its ${field}`),
    );
  } finally {
    store.close();
  }
}

export function countPaidIntents(statePath: string): number {
  const store = openStore(statePath);
  const paid = store.list(ACCOUNT, "payment_intent", { where: { "$.status": "succeeded" } }).length;
  store.close();
  return paid;
}

function isKept(store: Store, { id, field, value }: ConfirmedField): boolean {
  const object = store.findAny(ACCOUNT, id);
  return object !== null && new Map(Object.entries(object)).get(field) === value;
}

function brokenFile(store: Store): string[] {
  const rows = store.sql("PRAGMA integrity_check").all() as { integrity_check: string }[];
  return rows.map((row) => row.integrity_check).filter((line) => line !== "ok");
}

function brokenPayments(store: Store): string[] {
  const intents = store.list(ACCOUNT, "payment_intent", { where: { "$.status": "succeeded" } });
  const unpaid = intents.filter(({ latest_charge: charge }) => {
    const found = store.find(ACCOUNT, "charge", String(charge));
    const entry = store.find(ACCOUNT, "balance_transaction", String(found?.balance_transaction));
    return found?.status !== "succeeded" || entry === null;
  });
  const charges = store.list(ACCOUNT, "charge", { where: { "$.status": "succeeded" } });
  const alone = charges.filter(({ payment_intent: intent }) => {
    return store.find(ACCOUNT, "payment_intent", String(intent))?.status !== "succeeded";
  });
  return [
    ...unpaid.map(({ id }) => `${id} succeeded without its charge`),
    ...alone.map(({ id }) => `${id} succeeded without its payment`),
  ];
}

function brokenSessions(store: Store): string[] {
  const complete = store.list(ACCOUNT, "checkout.session", { where: { "$.status": "complete" } });
  const half = complete.filter(({ mode, payment_intent: intent, subscription, invoice }) => {
    if (mode === "payment") return store.find(ACCOUNT, "payment_intent", String(intent))?.status !== "succeeded";
    const isActive = store.find(ACCOUNT, "subscription", String(subscription))?.status === "active";
    return !isActive || store.find(ACCOUNT, "invoice", String(invoice))?.status !== "paid";
  });
  return half.map(({ id }) => `${id} is complete without its payment`);
}

function brokenEvents(store: Store): string[] {
  const events = store.list(ACCOUNT, "event", {});
  const orphans = events.filter(({ type, data }) => {
    const id = "id" in data.object ? String(data.object.id) : "";
    return !type.endsWith(".deleted") && type !== "invoice.upcoming" && store.findAny(ACCOUNT, id) === null;
  });
  const completed = new Set(
    events
      .filter(({ type }) => type === "checkout.session.completed")
      .map(({ data }) => "id" in data.object && data.object.id),
  );
  const silent = store
    .list(ACCOUNT, "checkout.session", { where: { "$.status": "complete" } })
    .filter(({ id }) => !completed.has(id));
  return [
    ...orphans.map(({ id, type }) => `${id} (${type}) has no object`),
    ...silent.map(({ id }) => `${id} is complete without its event`),
  ];
}
