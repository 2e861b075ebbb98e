// Everything that waits for a person.
import { translator } from "@/content/messages";
import { type Attention, countWaiting } from "@/domain/newsroom/attention";
import type { OnFailure } from "@/domain/newsroom/part";
import { partDrawer } from "./draw-part";
import { NeedsAPerson } from "./needs-a-person";
import { NewsroomPage } from "./newsroom-page";
import { type Replayed, ReplayedNotice } from "./replayed";

type QueueScreenProps = {
  locale: string;
  attention: Attention;
  now: Date;
  timeZone: string;
  replayed: Replayed | null;
  /** Hides the hash of an address in a form's field. */
  sealAddress: (emailHash: string) => string;
  onFailure: OnFailure;
};

export function QueueScreen({ locale, attention, now, timeZone, replayed, sealAddress, onFailure }: QueueScreenProps) {
  const t = translator(locale);
  const drawPart = partDrawer({ t, onFailure });
  return (
    <NewsroomPage locale={locale} section="queue" now={now} timeZone={timeZone}>
      <ReplayedNotice t={t} replayed={replayed} />
      {countWaiting(attention) === 0 ? <p className="newsroom-empty">{t("newsroom.queue.empty")}</p> : null}
      <NeedsAPerson
        t={t}
        attention={attention}
        timeZone={timeZone}
        now={now}
        sealAddress={sealAddress}
        drawPart={drawPart}
      />
    </NewsroomPage>
  );
}
