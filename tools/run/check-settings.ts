// Checks the settings. If one is missing or wrong, prints a text that names it and exits with code 1.
import { parseEnv } from "../../systems/env";

try {
  parseEnv(process.env);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
