import { ownDataTable } from "@/domain/supporters/own-data";
import { requireSupporter } from "@/systems/auth/with-viewer";
import { readOwnData } from "@/systems/own-data";
import { tableAsCsv } from "@/systems/papers/csv";
import { sendCsv } from "@/systems/papers/send";

export async function GET(): Promise<Response> {
  const { supporterId } = await requireSupporter("/supporters/own-data");
  return sendCsv(tableAsCsv(ownDataTable(await readOwnData(supporterId))), "own-data.csv");
}
