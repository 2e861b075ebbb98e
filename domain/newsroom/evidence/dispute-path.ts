export function disputePath(disputeId: string): string {
  return `/newsroom/disputes/${disputeId}`;
}
