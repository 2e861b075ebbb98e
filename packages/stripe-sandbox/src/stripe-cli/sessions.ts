// The sessions of `stripe listen`. All sessions of an account share one signing secret, as Stripe's command line
// promises. A session's id contains the account's id, so the stand-in need not store sessions.
import { createHash } from "node:crypto";
import type { Account } from "../account";
import { list, requiredParam, text } from "../http/params";
import { type Route, route } from "../http/route";
import { API_VERSION } from "../objects";
import type { Store } from "../store";

export type CliListenSession = {
  id: string;
  account: string;
  secret: string;
};

export const LISTEN_PATH = "/_sandbox/listen";

const PARAMS = {
  device_name: text(),
  websocket_features: list(requiredParam(text())),
  filters: text({ max: 50_000 }),
  forward_to_url: text(),
  forward_connect_to_url: text(),
  forward_thin_to_url: text(),
  forward_thin_connect_to_url: text(),
};

function openSession(account: Account): object {
  return {
    websocket_id: `${account.newId("cliws_")}${account.id.replace("acct_", "")}`,
    websocket_url: account.baseUrl.replace("http:", "ws:") + LISTEN_PATH,
    websocket_authorized_feature: "webhooks",
    secret: secretOf(account.id),
    reconnect_delay: 60,
    default_version: API_VERSION,
    latest_version: API_VERSION,
    display_connect_filter_warning: false,
  };
}

function secretOf(account: string): string {
  return `whsec_${createHash("sha256").update(`listen ${account}`).digest("hex")}`;
}

export function findListenSession(store: Store, id: string): CliListenSession | null {
  const account = `acct_${/^cliws_\w{24}(\w{16})$/.exec(id)?.[1]}`;
  const isKnown = store.listAccounts().some((row) => row.id === account);
  return isKnown ? { id, account, secret: secretOf(account) } : null;
}

export const stripeCliSessionRoutes: Route[] = [route("POST /v1/stripecli/sessions", PARAMS, openSession)];
