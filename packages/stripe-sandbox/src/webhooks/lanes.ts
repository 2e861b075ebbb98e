// Each endpoint has a lane: its queue of deliveries. A lane sends one delivery at a time. Only the events of a created
// history are an exception: a lane sends several of them at once.
import type { Store } from "../store";
import {
  type Delivery,
  listDueDeliveries,
  listEndpointsWithPendingDeliveries,
  nextDeliveryDueAtMs,
} from "./deliveries";

export type RunningEndpointDeliveries = {
  account: string;
  endpoint: string;
  /** The ids of the deliveries that are being sent. */
  running: Set<number>;
};

export function createDeliveryLanesPerEndpoint(store: Store, nowMs: () => number) {
  const lanes = new Map<string, RunningEndpointDeliveries>();
  const widths = new Map<string, number>();
  const widthOf = ({ account }: RunningEndpointDeliveries) => widths.get(account) ?? 1;

  function listLanesWithWork(): RunningEndpointDeliveries[] {
    return listEndpointsWithPendingDeliveries(store).map(({ account, endpoint }) => {
      const lane = lanes.get(endpoint) ?? { account, endpoint, running: new Set<number>() };
      lanes.set(endpoint, lane);
      return lane;
    });
  }

  /**
   * Returns how many more deliveries the lane can send now. Returns 0 while more than half of the lane is in use, so
   * that the queue is read less often.
   */
  function roomIn(lane: RunningEndpointDeliveries): number {
    const free = widthOf(lane) - lane.running.size;
    return free >= widthOf(lane) / 2 ? free : 0;
  }

  function nextOf(lane: RunningEndpointDeliveries): Delivery[] {
    const free = roomIn(lane);
    if (free === 0) return [];
    const due = listDueDeliveries(store, lane.endpoint, { nowMs: nowMs(), limit: free + lane.running.size });
    return due.filter(({ id }) => !lane.running.has(id)).slice(0, free);
  }

  /**
   * Returns when the next delivery is due, in Unix milliseconds. Ignores lanes without room (roomIn()), because they
   * continue when one of their current deliveries ends.
   */
  function nextDue(): number | null {
    const times = listLanesWithWork().flatMap((lane) => {
      const running = [...lane.running];
      return roomIn(lane) === 0 ? [] : (nextDeliveryDueAtMs(store, lane.endpoint, running) ?? []);
    });
    return times.length > 0 ? Math.min(...times) : null;
  }

  function setWidth(account: string, width: number): void {
    if (width <= 1) widths.delete(account);
    else widths.set(account, width);
  }
  return { listLanesWithWork, nextOf, nextDue, setWidth, clear: () => lanes.clear() };
}
