import { Notice } from "@/components/ui/notice";
import { translator } from "@/content/messages";
import { countWaitingTasks, type ItemsAwaitingStaff, loadedWorkItemsOrEmpty } from "@/domain/newsroom/attention";
import type { DecidedDisputeList } from "@/domain/newsroom/disputes";
import type { OnPartFailure, ScreenPartLoadResult } from "@/domain/newsroom/loaded-part";
import { listRecentlyDoneWork } from "@/domain/newsroom/work";
import { AttentionItems } from "./attention-items";
import { NewsroomPage } from "./newsroom-page";
import { DecidedDisputes } from "./queue/decided-disputes";
import { RecentlyDoneWork } from "./queue/recently-done-work";
import type { WorkItemBarContext } from "./queue/work-item-bar";
import { createPagePartRenderer } from "./render-part";
import { type DeadLetterReplayCounts, ReplayResultNotice } from "./replay-result";

type QueueScreenProps = Pick<WorkItemBarContext, "ownId" | "nameOf" | "timeZone"> & {
  locale: string;
  attention: ItemsAwaitingStaff;
  now: Date;
  replayed: DeadLetterReplayCounts | null;
  decided: ScreenPartLoadResult<DecidedDisputeList>;
  /** True if the form about a task was refused because another colleague changed the task after the page was loaded. */
  wasChangedMeanwhile: boolean;
  /** Encrypts the hash of an e-mail address. The result is the value of a hidden form field. */
  sealEmailHash: (emailHash: string) => string;
  onFailure: OnPartFailure;
};

export function QueueScreen({ locale, ownId, nameOf, timeZone, attention, now, ...props }: QueueScreenProps) {
  const t = translator(locale);
  const workItems = loadedWorkItemsOrEmpty(attention.workItems);
  const context = { t, ownId, nameOf, timeZone, workItems };
  const renderPart = createPagePartRenderer({ t, onFailure: props.onFailure });
  return (
    <NewsroomPage locale={locale} section="queue" now={now} timeZone={timeZone}>
      <ReplayResultNotice t={t} result={props.replayed} />
      {props.wasChangedMeanwhile ? <Notice kind="bad" title={t("work.meanwhile")} /> : null}
      {countWaitingTasks(attention) === 0 ? <p className="newsroom-empty">{t("newsroom.queue.empty")}</p> : null}
      <AttentionItems
        context={context}
        attention={attention}
        now={now}
        sealEmailHash={props.sealEmailHash}
        renderPart={renderPart}
      />
      {renderPart({ name: "work", title: t("work.done-title") }, attention.workItems, (value) => (
        <RecentlyDoneWork context={context} done={listRecentlyDoneWork(value, now)} />
      ))}
      {renderPart({ name: "decided-disputes", title: t("dispute.decided.title") }, props.decided, (value) => (
        <DecidedDisputes t={t} decided={value} />
      ))}
    </NewsroomPage>
  );
}
