type ShutdownSteps = Record<"endServer" | "writeReports" | "closePages" | "endJobs", () => Promise<void>>;

/** The reports are written right after the last request, because the process may be killed during later steps. */
export async function shutDownSite({ endServer, writeReports, closePages, endJobs }: ShutdownSteps): Promise<void> {
  await endServer();
  await writeReports();
  await closePages();
  await endJobs();
}
