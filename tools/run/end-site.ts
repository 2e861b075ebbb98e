// The order in which the production server ends.

type Ends = Record<"endServer" | "writeReports" | "closePages" | "endJobs", () => Promise<void>>;

/** Reports come first after the last request, because the later steps may take longer than the process is given. */
export async function endSite({ endServer, writeReports, closePages, endJobs }: Ends): Promise<void> {
  await endServer();
  await writeReports();
  await closePages();
  await endJobs();
}
