import { requireSupporter } from "@/systems/auth/with-signed-in-user";
import { sendJson } from "@/systems/documents/send";
import { readOwnData } from "@/systems/own-data";

export async function GET(): Promise<Response> {
  const { supporterId } = await requireSupporter("/supporters/own-data");
  return sendJson(await readOwnData(supporterId), "own-data.json");
}
