type ShutdownSteps = Record<"endServer" | "writeReports" | "closePages" | "endJobs", () => Promise<void>>;

/**
 * Shuts the site down step by step. Writes the readers' reports right after the last request, because the process can
 * be killed during later steps.
 */
export async function shutDownSite({ endServer, writeReports, closePages, endJobs }: ShutdownSteps): Promise<void> {
  await endServer();
  await writeReports();
  await closePages();
  await endJobs();
}
