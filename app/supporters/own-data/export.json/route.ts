import { requireSupporter } from "@/systems/auth/with-viewer";
import { readOwnData } from "@/systems/own-data";
import { sendJson } from "@/systems/papers/send";

export async function GET(): Promise<Response> {
  const { supporterId } = await requireSupporter("/supporters/own-data");
  return sendJson(await readOwnData(supporterId), "own-data.json");
}
