import type { IncomingMessage, ServerResponse } from "node:http";
import { send } from "../http/server";
import type { Sandbox } from "../sandbox";

export async function answerHistory(
  _sandbox: Sandbox,
  _request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  send(response, { status: 501, headers: {}, body: "" });
}
