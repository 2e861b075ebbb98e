// Gives every test process the global AsyncLocalStorage, as Next's own server does first. Otherwise the first test that loads Next's
// request scope would get a stub, and so would all test files that share its process.
import { AsyncLocalStorage } from "node:async_hooks";

Object.assign(globalThis, { AsyncLocalStorage });
