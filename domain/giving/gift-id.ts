const GIFT_ID = /^g_[0-9a-f]{32}$/;

export function newGiftId(): string {
  return `g_${crypto.randomUUID().replaceAll("-", "")}`;
}

export function isGiftId(text: string | null | undefined): text is string {
  return typeof text === "string" && GIFT_ID.test(text);
}
