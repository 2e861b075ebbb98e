// The order in which the production server shuts down.

type Ends = Record<"endServer" | "writeReports" | "closePages" | "endJobs", () => Promise<void>>;

/** Writes the collected reports right after the last request, because the process may be killed during the later steps. */
export async function shutDownSite({ endServer, writeReports, closePages, endJobs }: Ends): Promise<void> {
  await endServer();
  await writeReports();
  await closePages();
  await endJobs();
}
