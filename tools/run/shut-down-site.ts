type Ends = Record<"endServer" | "writeReports" | "closePages" | "endJobs", () => Promise<void>>;

/** Writes the reports before the other steps, because the process may be killed during those. */
export async function shutDownSite({ endServer, writeReports, closePages, endJobs }: Ends): Promise<void> {
  await endServer();
  await writeReports();
  await closePages();
  await endJobs();
}
