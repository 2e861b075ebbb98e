// The order in which the production server ends.

type Ends = Record<"endServer" | "writeReports" | "closePages" | "endJobs", () => Promise<void>>;

/** Reports are written after the last one was taken. What comes afterwards may take longer than the process is given. */
export async function endSite({ endServer, writeReports, closePages, endJobs }: Ends): Promise<void> {
  await endServer();
  await writeReports();
  await closePages();
  await endJobs();
}
