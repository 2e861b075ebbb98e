const isTerminal = process.stdout.isTTY === true && process.env.TERM !== "dumb";
const barWidth = 32;
const heartbeatMs = 15_000;

/** A failure that the person who runs the command can fix. runMainOrExit() prints its text without a stack trace. */
export class CommandError extends Error {}

/** @param {string} code @param {string} text */
function paint(code, text) {
  return isTerminal && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text;
}

export const bold = (/** @type {string} */ text) => paint("1", text);
export const dim = (/** @type {string} */ text) => paint("2", text);
export const red = (/** @type {string} */ text) => paint("31", text);
export const green = (/** @type {string} */ text) => paint("32", text);

/** @param {number} startedAt */
export function formatSecondsSince(startedAt) {
  return `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
}

/**
 * Prints the heading, runs the step, and prints how long it took. With `showsElapsed`, also prints the elapsed
 * time every 15 seconds while the step runs.
 * @template T @param {string} heading @param {() => T | Promise<T>} run @param {{ showsElapsed?: boolean }} [options]
 * @returns {Promise<T>}
 */
export async function runStep(heading, run, { showsElapsed = true } = {}) {
  const startedAt = Date.now();
  console.log(`${bold("→")} ${heading}`);
  const beat = () => console.log(dim(`  … ${formatSecondsSince(startedAt)}`));
  const heartbeat = showsElapsed ? setInterval(beat, heartbeatMs) : undefined;
  try {
    const result = await run();
    console.log(dim(`  ${formatSecondsSince(startedAt)}`));
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

/**
 * Returns a function that shows the progress as a bar or, if the output is not a terminal, as a line for each tenth.
 * @returns {(done: number, total: number, text?: string) => void}
 */
export function progressBar() {
  let printedTenths = -1;
  return (done, total, text = "") => {
    const share = total > 0 ? Math.min(done / total, 1) : 0;
    if (isTerminal) {
      const filled = Math.round(share * barWidth);
      const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
      process.stdout.write(`\r  ${bar} ${Math.round(share * 100)} % ${text}\u001b[K${share === 1 ? "\n" : ""}`);
    } else if (Math.floor(share * 10) > printedTenths) {
      printedTenths = Math.floor(share * 10);
      console.log(`  ${Math.round(share * 100)} % ${text}`);
    }
  };
}

/**
 * Runs a command. On an error it calls `cleanUp`, prints the error and exits with code 1.
 * @param {() => Promise<unknown>} main @param {() => Promise<void>} [cleanUp]
 */
export async function runMainOrExit(main, cleanUp = async () => {}) {
  try {
    await main();
  } catch (error) {
    await cleanUp();
    console.error(`\n${red("✗")} ${describeError(error)}\n`);
    process.exit(1);
  }
}

/** @param {unknown} error */
function describeError(error) {
  if (error instanceof CommandError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
