type Ends = Record<"endServer" | "writeReports" | "closePages" | "endJobs", () => Promise<void>>;

/**
 * The counts of devices' reports are written right after the last request, because the process may be killed during the later
 * steps.
 */
export async function shutDownSite({ endServer, writeReports, closePages, endJobs }: Ends): Promise<void> {
  await endServer();
  await writeReports();
  await closePages();
  await endJobs();
}
