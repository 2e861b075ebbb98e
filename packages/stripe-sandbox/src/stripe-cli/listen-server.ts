// Sends events to the running `stripe listen` commands. The protocol of `stripe listen` follows the source at
// github.com/stripe/stripe-cli.
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { StoredEvent } from "../objects";
import type { Store } from "../store";
import { signatureHeader } from "../webhooks/signature";
import { latestObjectRowNumber, readNewEvents, takeEventResendRequests } from "./listener-events";
import { type CliListenSession, findListenSession, LISTEN_PATH } from "./sessions";

type Listener = CliListenSession & {
  socket: WebSocket;
  place: number;
};

export type StripeCliEventServer = ReturnType<typeof openStripeCliEventServer>;

export function openStripeCliEventServer(store: Store) {
  const server = new WebSocketServer({ noServer: true, handleProtocols: () => "stripecli-devproxy-v1" });
  const listeners = new Set<Listener>();

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const session = findListenSession(store, String(request.headers["websocket-id"]));
    if (!session || !request.url?.startsWith(LISTEN_PATH)) {
      refuse(socket);
      return;
    }
    server.handleUpgrade(request, socket, head, (opened) => {
      // Drops the resend requests that were made while nobody was listening. The first listener must not get those old
      // events.
      if (listeners.size === 0) takeEventResendRequests(store);
      const listener = { ...session, socket: opened, place: latestObjectRowNumber(store) };
      listeners.add(listener);
      opened.on("close", () => listeners.delete(listener));
      opened.on("error", () => opened.terminate());
    });
  }

  function flush(): void {
    if (listeners.size === 0) return;
    const again = takeEventResendRequests(store);
    const latest = latestObjectRowNumber(store);
    for (const listener of listeners) {
      // After a reset of the store, row numbers start at 1 again, so `latest` can be smaller than the last row that the
      // listener got.
      const fresh = readNewEvents(store, listener.account, Math.min(listener.place, latest));
      listener.place = fresh.lastRow;
      const repeated = again.filter(({ account }) => account === listener.account).map(({ event }) => event);
      for (const event of [...fresh.events, ...repeated]) send(listener, event);
    }
  }

  function close(): void {
    for (const { socket } of listeners) socket.terminate();
    server.close();
  }
  return { upgrade, flush, close };
}

function send({ socket, secret, id }: Listener, event: StoredEvent): void {
  const payload = JSON.stringify(event, null, 2);
  const seconds = Math.floor(Date.now() / 1000);
  const message = {
    type: "webhook_event",
    webhook_id: id,
    webhook_conversation_id: event.id.replace("evt_", "wc_"),
    event_payload: payload,
    endpoint: { api_version: null },
    http_headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Stripe-Signature": signatureHeader(payload, [secret], { seconds, isTest: !event.livemode }),
      "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    },
  };
  socket.send(JSON.stringify(message));
}

/**
 * Refuses the connection. The text of the error matters: only after this message does Stripe's command line open a new
 * session.
 */
function refuse(socket: Duplex): void {
  const body = JSON.stringify({ error: { message: "Unknown WebSocket ID." } });
  socket.end(
    `HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}
