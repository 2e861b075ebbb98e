import { ownDataTable } from "@/domain/supporters/own-data-table";
import { requireSupporter } from "@/systems/auth/with-signed-in-user";
import { tableAsCsv } from "@/systems/documents/csv";
import { sendCsv } from "@/systems/documents/send";
import { readOwnData } from "@/systems/own-data";

export async function GET(): Promise<Response> {
  const { supporterId } = await requireSupporter("/supporters/own-data");
  return sendCsv(tableAsCsv(ownDataTable(await readOwnData(supporterId))), "own-data.csv");
}
